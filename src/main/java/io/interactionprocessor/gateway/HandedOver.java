package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.Inbound;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands {@link Inbound}s over the event bus as they are: they are immutable, hold a password at times, and must never leave
 * this node.
 */
final class HandedOver implements MessageCodec<Inbound, Inbound>, World.Sessions {
    private static final String NAME = "gateway.inbound";
    private static final DeliveryOptions OPTIONS =
            new DeliveryOptions().setCodecName(NAME).setLocalOnly(true);

    private final Vertx vertx;

    private HandedOver(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Registers with the bus, replacing what an earlier gateway of the same Vert.x had registered. */
    static World.Sessions over(Vertx vertx) {
        HandedOver codec = new HandedOver(vertx);
        vertx.eventBus().unregisterCodec(NAME);
        vertx.eventBus().registerCodec(codec);
        return codec;
    }

    @Override
    public void hand(String address, Inbound message, Runnable nobodyThere) {
        vertx.eventBus().<Inbound>sender(address, OPTIONS).write(message).onFailure(e -> nobodyThere.run());
    }

    @Override
    public void encodeToWire(Buffer buffer, Inbound message) {
        throw new UnsupportedOperationException("not for the wire");
    }

    @Override
    public Inbound decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException("not for the wire");
    }

    @Override
    public Inbound transform(Inbound message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
