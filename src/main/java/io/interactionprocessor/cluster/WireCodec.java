package io.interactionprocessor.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an object by a function and hands it over as it is within the node. */
final class WireCodec<T, C extends T> implements MessageCodec<C, T> {
    private final Class<C> type;
    private final BusCodecs.Encoder<? super C> encoder;
    private final BusCodecs.Decoder<? extends T> decoder;

    WireCodec(Class<C> type, BusCodecs.Encoder<? super C> encoder, BusCodecs.Decoder<? extends T> decoder) {
        this.type = type;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    @Override
    public void encodeToWire(Buffer buffer, C message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            encoder.encode(new DataOutputStream(bytes), message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.appendInt(bytes.size());
        buffer.appendBytes(bytes.toByteArray());
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        byte[] bytes = buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length);
        try {
            return decoder.decode(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public T transform(C message) {
        return message;
    }

    @Override
    public String name() {
        return "wire:" + type.getName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
