package io.interactionprocessor.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands an immutable object over as it is, within this node; it fails when asked to leave it. */
final class LocalCodec<T> implements MessageCodec<T, T> {
    private final Class<T> type;

    LocalCodec(Class<T> type) {
        this.type = type;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw leaves();
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw leaves();
    }

    private IllegalStateException leaves() {
        return new IllegalStateException(
                type.getName() + " is not made to leave its node: send it to a local consumer");
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return "local:" + type.getName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
