package io.interactionprocessor.testkit;

import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** WebSocket frames by hand, for what no library sends: nothing at all, no pong, text that is no text. */
public final class RawSocket implements AutoCloseable {

    /** Opcode of a close frame. */
    public static final int CLOSE = 8;

    /** Opcode of a ping. */
    public static final int PING = 9;

    private static final int TEXT = 1;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame from the server. */
    public record Frame(int opcode, Buffer payload) {

        /** The payload as text. */
        public String text() {
            return payload.toString(StandardCharsets.UTF_8);
        }

        /** The code of a close frame. */
        public int closeCode() {
            return payload.length() < 2 ? 1005 : payload.getUnsignedShort(0);
        }
    }

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Connects and shakes hands. */
    public static RawSocket open(String url) {
        URI uri = URI.create(url);
        try {
            RawSocket raw = new RawSocket(new Socket(uri.getHost(), uri.getPort()));
            raw.socket.setSoTimeout(5_000);
            String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            raw.out.write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) raw.in.readUnsignedByte());
            }
            if (!head.toString().startsWith("HTTP/1.1 101")) {
                throw new AssertionError("handshake: " + head);
            }
            return raw;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a text message. */
    public void sendText(byte[] payload) {
        try {
            write(TEXT, payload);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends a text message; false if the connection is gone. */
    public boolean trySendText(byte[] payload) {
        try {
            write(TEXT, payload);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Answers a ping. */
    public void pong(Buffer payload) {
        try {
            write(PONG, payload.getBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        // A mask of zeros leaves the payload as it is.
        frame.putInt(0).put(payload);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    /** The next frame. */
    public Frame next(Duration within) {
        try {
            socket.setSoTimeout((int) within.toMillis());
            return read();
        } catch (IOException failed) {
            throw new AssertionError("no frame within " + within + ": " + failed, failed);
        }
    }

    private Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(opcode, Buffer.buffer(payload));
    }

    /** Reads, answers nothing, and waits for the connection's end. */
    public void untilEnd(Duration within) {
        lastFrame(within);
    }

    /** The last frame before the connection's end; one with opcode -1 if there was none. */
    public Frame lastFrame(Duration within) {
        Frame last = new Frame(-1, Buffer.buffer());
        long deadline = System.nanoTime() + within.toNanos();
        try {
            while (last.opcode() != CLOSE) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("not closed within " + within);
                }
                socket.setSoTimeout((int) left);
                last = read();
            }
            return last;
        } catch (java.net.SocketTimeoutException late) {
            throw new AssertionError("not closed within " + within, late);
        } catch (IOException end) {
            return last;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing more to do.
        }
    }
}
