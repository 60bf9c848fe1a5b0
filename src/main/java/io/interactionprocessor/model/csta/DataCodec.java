package io.interactionprocessor.model.csta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The letters that {@link CstaCodec} writes its words with: strings of any length, enum constants, JSON values. The byte
 * that stands for an enum constant is its ordinal, so constants are only ever added at the end while nodes of different
 * releases share a cluster.
 */
public final class DataCodec {
    private static final int NULL = 0;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int INT = 3;
    private static final int LONG = 4;
    private static final int DOUBLE = 5;
    private static final int BIG_INTEGER = 6;
    private static final int BIG_DECIMAL = 7;
    private static final int STRING = 8;
    private static final int LIST = 9;
    private static final int MAP = 10;

    private DataCodec() {}

    /** Writes a string, or null; unlike {@link DataOutput#writeUTF} not limited to 64 KiB. */
    public static void writeString(DataOutput out, String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads what {@link #writeString} wrote. */
    public static String readString(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes an enum constant, or null. */
    @SuppressWarnings("EnumOrdinal") // one byte; why that is safe stands in the class comment
    public static void writeEnum(DataOutput out, Enum<?> value) throws IOException {
        out.writeByte(value == null ? -1 : value.ordinal());
    }

    /** Reads what {@link #writeEnum} wrote; {@code constants} are the enum's {@code values()}. */
    public static <E extends Enum<E>> E readEnum(DataInput in, E[] constants) throws IOException {
        int ordinal = in.readByte();
        if (ordinal >= constants.length) {
            throw new IOException("constant " + ordinal + " is not known here: a newer release wrote it");
        }
        return ordinal < 0 ? null : constants[ordinal];
    }

    /** Writes attached data: JSON values by key, in order. */
    public static void writeMap(DataOutput out, Map<?, ?> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            writeString(out, (String) entry.getKey());
            writeValue(out, entry.getValue());
        }
    }

    /** Reads what {@link #writeMap} wrote. */
    public static Map<String, Object> readMap(DataInput in) throws IOException {
        int size = in.readInt();
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = readString(in);
            map.put(key, readValue(in));
        }
        return map;
    }

    /** Writes a list of strings. */
    public static void writeStrings(DataOutput out, List<String> strings) throws IOException {
        out.writeInt(strings.size());
        for (String string : strings) {
            writeString(out, string);
        }
    }

    /** Reads what {@link #writeStrings} wrote. */
    public static List<String> readStrings(DataInput in) throws IOException {
        int size = in.readInt();
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            strings.add(readString(in));
        }
        return strings;
    }

    /**
     * Writes a JSON value: String, Boolean, Integer, Long, Double, BigInteger, BigDecimal, List, Map, null. The type
     * comes back as it was, because a client must get its numbers back as it wrote them.
     *
     * @throws IllegalArgumentException for any other type
     */
    public static void writeValue(DataOutput out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String string) {
            out.writeByte(STRING);
            writeString(out, string);
        } else if (value instanceof Boolean bool) {
            out.writeByte(bool ? TRUE : FALSE);
        } else if (value instanceof Number number) {
            writeNumber(out, number);
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object element : list) {
                writeValue(out, element);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte(MAP);
            writeMap(out, map);
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private static void writeNumber(DataOutput out, Number number) throws IOException {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.writeByte(INT);
            out.writeInt(number.intValue());
        } else if (number instanceof Long) {
            out.writeByte(LONG);
            out.writeLong(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            out.writeByte(DOUBLE);
            out.writeDouble(number.doubleValue());
        } else if (number instanceof BigInteger || number instanceof BigDecimal) {
            out.writeByte(number instanceof BigInteger ? BIG_INTEGER : BIG_DECIMAL);
            writeString(out, number.toString());
        } else {
            throw new IllegalArgumentException("not a JSON number: " + number.getClass());
        }
    }

    /** Reads what {@link #writeValue} wrote. */
    public static Object readValue(DataInput in) throws IOException {
        int type = in.readByte();
        return switch (type) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            case BIG_INTEGER -> new BigInteger(readString(in));
            case BIG_DECIMAL -> new BigDecimal(readString(in));
            case STRING -> readString(in);
            case LIST -> readList(in);
            case MAP -> readMap(in);
            default -> throw new IOException("value type " + type + " is not known here: a newer release wrote it");
        };
    }

    private static List<Object> readList(DataInput in) throws IOException {
        int size = in.readInt();
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(readValue(in));
        }
        return list;
    }
}
