package io.interactionprocessor.cti.asterisk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads AMI: blocks of {@code Key: value} lines, each ended by an empty line. Bounded, whatever the other side sends. */
final class AmiParser {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_KEYS = 256;

    private final Consumer<Map<String, String>> blocks;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private Map<String, String> block = new LinkedHashMap<>();

    AmiParser(Consumer<Map<String, String>> blocks) {
        this.blocks = blocks;
    }

    /**
     * Takes the next bytes.
     *
     * @throws IllegalStateException if this is no AMI
     */
    void take(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n') {
                endLine();
            } else if (b != '\r') {
                if (length == LONGEST_LINE) {
                    throw new IllegalStateException("a line of more than " + LONGEST_LINE + " bytes");
                }
                line[length++] = b;
            }
        }
    }

    private void endLine() {
        if (length == 0) {
            if (!block.isEmpty()) {
                Map<String, String> complete = block;
                block = new LinkedHashMap<>();
                blocks.accept(complete);
            }
            return;
        }
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        length = 0;
        int colon = text.indexOf(':');
        // The greeting is a line of its own without a key.
        if (colon > 0 && block.size() < MOST_KEYS) {
            block.put(text.substring(0, colon), text.substring(colon + 1).trim());
        }
    }
}
