package io.interactionprocessor.testkit;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A text that occurs nowhere else, and every guise in which it would betray that it has got out. */
public final class Canary {
    private final String text;
    private final Map<String, String> guises = new LinkedHashMap<>();

    private Canary(String text) {
        this.text = text;
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            guises.put(charset.name(), new String(text.getBytes(charset), StandardCharsets.ISO_8859_1));
        }
        for (int shift = 0; shift < 3; shift++) {
            guises.put("Base64 shifted by " + shift, base64(plain, shift));
        }
        String hex = HexFormat.of().formatHex(plain);
        guises.put("hexadecimal", hex);
        guises.put("upper-case hexadecimal", hex.toUpperCase(Locale.ROOT));
    }

    /** Makes one with a prefix to know it by; letters and digits only, so that no escaping changes it. */
    public static Canary of(String prefix) {
        return new Canary(prefix + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Returns the text. */
    public String text() {
        return text;
    }

    /** Returns the guises in which the canary is in these bytes. */
    public List<String> guisesIn(byte[] bytes) {
        // one character for each byte, because searching texts is fast
        String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        guises.forEach((name, guise) -> {
            if (haystack.contains(guise)) {
                found.add(name);
            }
        });
        return found;
    }

    /** What of the Base64 text does not depend on the bytes before and after. */
    private static String base64(byte[] plain, int shift) {
        byte[] shifted = new byte[shift + plain.length];
        System.arraycopy(plain, 0, shifted, shift, plain.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return encoded.substring(shift == 0 ? 0 : shift + 1, encoded.length() - 1);
    }
}
