package io.interactionprocessor.cti.asterisk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A SIP message as it came. */
record SipMessage(String first, List<String> headers, String body) {
    static SipMessage read(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = (end < 0 ? text : text.substring(0, end)).lines().toList();
        return new SipMessage(lines.get(0), lines.subList(1, lines.size()), end < 0 ? "" : text.substring(end + 4));
    }

    /** Returns {@code INVITE}, or {@code 200} of an answer. */
    String what() {
        return first.startsWith("SIP/2.0 ") ? first.substring(8, 11) : first.substring(0, first.indexOf(' '));
    }

    /** Returns a header's value, or an empty text. */
    String header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ':';
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** Returns all lines of a header. */
    String lines(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ':';
        StringBuilder all = new StringBuilder();
        headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .forEach(line -> all.append(line).append("\r\n"));
        return all.toString();
    }

    /** Returns whether it belongs to a dialogue that there is already. */
    boolean inDialogue() {
        return header("To").contains("tag=");
    }
}
