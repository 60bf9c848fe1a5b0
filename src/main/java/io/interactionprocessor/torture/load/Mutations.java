package io.interactionprocessor.torture.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Frames that are almost right. The same seed makes the same ones. */
public final class Mutations {
    private static final List<String> MESSAGES = List.of(
            "{\"messageType\":\"coreRequest\",\"requestId\":\"r1\",\"command\":\"getServices\",\"data\":{}}",
            "{\"messageType\":\"coreRequest\",\"requestId\":\"r2\",\"command\":\"bindResource\",\"serviceId\":\"sim\",\"resourceId\":\"x\"}",
            "{\"messageType\":\"serviceRequest\",\"requestId\":\"r3\",\"serviceId\":\"sim\",\"request\":{\"command\":\"getCapabilities\",\"data\":{}}}",
            "{\"messageType\":\"resourceRequest\",\"requestId\":\"r4\",\"serviceId\":\"sim\",\"resourceId\":\"R\","
                    + "\"request\":{\"command\":\"channel.dial\",\"target\":\"R.g1.c1\",\"data\":{\"destination\":\"5550101\"}}}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "[]",
            "{}",
            "\"\"",
            "\"\\ud800\"",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]",
            "0x10",
            "NaN");
    private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\u0000", "//", "\n");
    private static final int KINDS = 5;

    private Mutations() {}

    /** Returns a text that breaks the grammar of JSON, or the form of a request. */
    public static String text(Random random) {
        String message = MESSAGES.get(random.nextInt(MESSAGES.size()));
        int place = random.nextInt(message.length());
        return switch (random.nextInt(KINDS)) {
            case 0 -> message.substring(0, place);
            case 1 ->
                message.substring(0, place) + PIECES.get(random.nextInt(PIECES.size())) + message.substring(place);
            case 2 ->
                message.replaceFirst(
                        ":\"[^\"]*\"",
                        ':' + VALUES.get(random.nextInt(VALUES.size())).replace("\\", "\\\\"));
            case 3 -> message.replace("messageType", "messagetype" + place);
            default -> flipped(message, random);
        };
    }

    private static String flipped(String message, Random random) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns a masked WebSocket frame of a request in which one to three bits are flipped, the header not spared. */
    public static byte[] frame(Random random) {
        byte[] payload = MESSAGES.get(random.nextInt(MESSAGES.size())).getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 8];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | 126);
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 8, payload.length); // masked with zeros
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(frame.length);
            frame[at] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }
}
