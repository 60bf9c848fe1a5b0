package io.interactionprocessor.cti;

import io.interactionprocessor.model.csta.LinkEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.Function;

/**
 * The codecs that carry link messages over the event bus. Within a node the records themselves are handed over, since
 * they cannot change; between nodes they travel as {@link LinkCodec} writes them.
 */
public final class LinkMessages {
    private static final String REQUEST = "cti.request";
    private static final String REPLY = "cti.reply";
    private static final String EVENT = "cti.event";

    private LinkMessages() {}

    /** Registers the codecs; to be called once for each Vert.x, before any verticle of this package is deployed. */
    public static void register(EventBus bus) {
        bus.registerCodec(new Codec<LinkRequest>(REQUEST, LinkCodec::encode, LinkCodec::decodeRequest));
        bus.registerCodec(new Codec<LinkReply>(REPLY, LinkCodec::encode, LinkCodec::decodeReply));
        bus.registerCodec(new Codec<LinkEvent>(EVENT, LinkCodec::encode, LinkCodec::decodeEvent));
    }

    /** {@code here}: to this node, without asking the cluster where that is. */
    static DeliveryOptions request(long timeoutMs, boolean here) {
        return new DeliveryOptions()
                .setCodecName(REQUEST)
                .setSendTimeout(timeoutMs)
                .setLocalOnly(here);
    }

    static DeliveryOptions reply() {
        return new DeliveryOptions().setCodecName(REPLY);
    }

    /** {@code here}: as for {@link #request}. */
    static DeliveryOptions event(boolean here) {
        return new DeliveryOptions().setCodecName(EVENT).setLocalOnly(here);
    }

    private static final class Codec<T> implements MessageCodec<T, T> {
        private final String name;
        private final Function<T, byte[]> encode;
        private final Function<byte[], T> decode;

        Codec(String name, Function<T, byte[]> encode, Function<byte[], T> decode) {
            this.name = name;
            this.encode = encode;
            this.decode = decode;
        }

        @Override
        public void encodeToWire(Buffer buffer, T message) {
            byte[] bytes = encode.apply(message);
            buffer.appendInt(bytes.length).appendBytes(bytes);
        }

        @Override
        public T decodeFromWire(int position, Buffer buffer) {
            int length = buffer.getInt(position);
            return decode.apply(buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length));
        }

        @Override
        public T transform(T message) {
            return message;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
