package io.interactionprocessor.cti.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks Asterisk something by AMI, apart from what is tested. */
final class AmiQuestion {
    private AmiQuestion() {}

    /** Returns all that Asterisk says until an event of the name {@code last}. */
    static String ask(int port, String action, String last) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            String text = "Action: Login\r\nUsername: cti\r\nSecret: ctisecret\r\nEvents: off\r\n\r\nAction: " + action
                    + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[8_192];
            while (!said.toString().contains("Event: " + last)) {
                int read = in.read(bytes);
                if (read < 0) {
                    break;
                }
                said.append(new String(bytes, 0, read, StandardCharsets.UTF_8));
            }
            return said.toString();
        }
    }
}
