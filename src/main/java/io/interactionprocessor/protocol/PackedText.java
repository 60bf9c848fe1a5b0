package io.interactionprocessor.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message as it is kept, and as it travels between nodes: a fifth of its text, since most of what a message says is the
 * protocol's own words. Immutable.
 *
 * <p>Bytes that UTF-8 text of this protocol cannot have stand for {@link Phrases}, and for the ids of session and request
 * where they come again; all other bytes stand for themselves.
 */
public final class PackedText {
    /** The next byte stands for itself. */
    private static final byte ITSELF = 0;

    private static final byte RESOURCE_AGAIN = 1;
    private static final byte REQUEST_AGAIN = 2;
    /** The next byte tells one of the phrases for which no single byte is left. */
    private static final byte MORE = 3;

    private static final int FIRST_LOW = 4;
    private static final int FIRST_TEXT = 0x20;
    /** No byte of UTF-8 is as high as this. */
    private static final int FIRST_HIGH = 0xF8;

    private static final int LOW = FIRST_TEXT - FIRST_LOW;
    private static final int SINGLE = LOW + 0x100 - FIRST_HIGH;

    private final byte[] bytes;

    private PackedText(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Packs a text; any is possible, and a message of this protocol becomes small. */
    public static PackedText of(String text) {
        return new PackedText(new Packer(text.getBytes(StandardCharsets.UTF_8)).pack());
    }

    /** Returns what {@link #bytes} has returned, here or on another node. */
    public static PackedText ofBytes(byte[] packed) {
        return new PackedText(packed);
    }

    /** Returns the packed bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the text. */
    public String text() {
        return new Unpacker(bytes).unpack();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedText packed && Arrays.equals(bytes, packed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }

    /** Where the ids of session and request are, in a text that is read or written from its beginning. */
    private static final class Ids {
        private int resource = -1;
        private int request = -1;

        /** Notes that a phrase ends here. */
        void after(int phrase, int end) {
            if (phrase == Phrases.RESOURCE && resource < 0) {
                resource = end;
            } else if (phrase == Phrases.REQUEST && request < 0) {
                request = end;
            }
        }

        static int end(byte[] text, int start, int length) {
            int end = start;
            while (end < length && text[end] != '"') {
                end++;
            }
            return end;
        }
    }

    private static final class Packer {
        private final byte[] text;
        private final Ids ids = new Ids();
        private byte[] packed;
        private int size;

        Packer(byte[] text) {
            this.text = text;
            packed = new byte[text.length / 3 + 16];
        }

        byte[] pack() {
            int i = 0;
            while (i < text.length) {
                int again = again(i, ids.resource);
                if (again > 0) {
                    put(RESOURCE_AGAIN);
                    i += again;
                    continue;
                }
                again = again(i, ids.request);
                if (again > 0) {
                    put(REQUEST_AGAIN);
                    i += again;
                    continue;
                }
                int phrase = Phrases.at(text, i);
                if (phrase >= 0) {
                    write(phrase);
                    i += Phrases.text(phrase).length;
                    ids.after(phrase, i);
                } else {
                    write(text[i++]);
                }
            }
            return Arrays.copyOf(packed, size);
        }

        /** Returns how long the id is that begins elsewhere and comes again here, or 0. */
        private int again(int here, int id) {
            if (id < 0 || text[here] != text[id] || here + 1 == text.length || text[here + 1] != text[id + 1]) {
                return 0;
            }
            int end = Ids.end(text, id, text.length);
            int length = end - id;
            boolean same = length > 1
                    && here >= end
                    && here + length <= text.length
                    && Arrays.equals(text, here, here + length, text, id, end);
            return same ? length : 0;
        }

        private void write(int phrase) {
            if (phrase < LOW) {
                put((byte) (FIRST_LOW + phrase));
            } else if (phrase < SINGLE) {
                put((byte) (FIRST_HIGH + phrase - LOW));
            } else {
                put(MORE);
                put((byte) (phrase - SINGLE));
            }
        }

        private void write(byte itself) {
            int value = Byte.toUnsignedInt(itself);
            if (value < FIRST_TEXT || value >= FIRST_HIGH) {
                put(ITSELF);
            }
            put(itself);
        }

        private void put(byte code) {
            if (size == packed.length) {
                packed = Arrays.copyOf(packed, 2 * size);
            }
            packed[size++] = code;
        }
    }

    private static final class Unpacker {
        private final byte[] packed;
        private final Ids ids = new Ids();
        private byte[] text;
        private int size;

        Unpacker(byte[] packed) {
            this.packed = packed;
            text = new byte[6 * packed.length + 16];
        }

        String unpack() {
            int i = 0;
            while (i < packed.length) {
                int code = Byte.toUnsignedInt(packed[i++]);
                if (code == ITSELF) {
                    write(packed, i, 1);
                    i++;
                } else if (code == RESOURCE_AGAIN) {
                    writeAgain(ids.resource);
                } else if (code == REQUEST_AGAIN) {
                    writeAgain(ids.request);
                } else if (code == MORE) {
                    phrase(SINGLE + Byte.toUnsignedInt(packed[i++]));
                } else if (code < FIRST_TEXT) {
                    phrase(code - FIRST_LOW);
                } else if (code >= FIRST_HIGH) {
                    phrase(LOW + code - FIRST_HIGH);
                } else {
                    write(packed, i - 1, 1);
                }
            }
            return new String(text, 0, size, StandardCharsets.UTF_8);
        }

        private void phrase(int phrase) {
            byte[] words = Phrases.text(phrase);
            write(words, 0, words.length);
            ids.after(phrase, size);
        }

        private void writeAgain(int id) {
            write(text, id, Ids.end(text, id, size) - id);
        }

        private void write(byte[] from, int start, int length) {
            if (size + length > text.length) {
                byte[] larger = Arrays.copyOf(text, 2 * (size + length));
                System.arraycopy(from, start, larger, size, length);
                text = larger;
            } else {
                System.arraycopy(from, start, text, size, length);
            }
            size += length;
        }
    }
}
