package io.interactionprocessor.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A TCP client that does exactly what it is told: no pong, no reading, no closing handshake of its own. */
final class RawSocket implements AutoCloseable {
    /** Asks for compression too. */
    private static final String UPGRADE = String.join(
            "\r\n",
            "GET /ws HTTP/1.1",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Extensions: permessage-deflate, deflate-frame",
            "");

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;

    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] NO_MASK = new byte[4];

    private final Socket socket = new Socket();
    private final StringBuilder head = new StringBuilder();
    private final DataInputStream in;

    RawSocket(int port) throws IOException {
        this(port, 1 << 20);
    }

    RawSocket(int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
    }

    RawSocket write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** Sends a request and returns the status line. */
    String request(String asking) throws IOException {
        write(asking + "\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n\r\n");
        String status = line();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        return status;
    }

    RawSocket upgrade() throws IOException {
        String status = request(UPGRADE.stripTrailing());
        if (!status.contains("101")) {
            throw new IOException(status);
        }
        return this;
    }

    /** Sends one final frame, masked with zeros. */
    RawSocket frame(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.write(NO_MASK);
        frame.write(payload);
        socket.getOutputStream().write(frame.toByteArray());
        return this;
    }

    RawSocket text(String text) throws IOException {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads frames until the one that is asked for; returns its payload. */
    byte[] awaitFrame(int opcode) throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[(int) length];
            in.readFully(payload);
            if ((first & 0x0f) == opcode) {
                return payload;
            }
        }
    }

    int awaitCloseCode() throws IOException {
        byte[] payload = awaitFrame(CLOSE);
        return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }

    /** Reads whatever comes until the server has cut the connection. */
    void awaitEnd() throws IOException {
        byte[] bytes = new byte[1 << 16];
        try {
            while (in.read(bytes) >= 0) {
                // it may say something before
            }
        } catch (EOFException | SocketException e) {
            // cut, too
        }
    }

    /** The response's headers. */
    String head() {
        return head.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
