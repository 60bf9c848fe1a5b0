package io.interactionprocessor.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with its unit: {@code 512B}, {@code 64KiB}, {@code 1MiB}, {@code 2GiB}.
 *
 * @param bytes how many
 */
public record Size(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(B|KiB|MiB|GiB)");

    /** Returns the size that a text says, or nothing if it says none. */
    public static Optional<Size> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2)) {
            case "B" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 30;
        };
        return Optional.of(new Size(Long.parseLong(matcher.group(1)) << shift));
    }

    /** Returns the size with the largest unit that says it exactly. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long count = bytes;
        while (unit < units.length - 1 && count != 0 && count % 1024 == 0) {
            count /= 1024;
            unit++;
        }
        return count + units[unit];
    }
}
