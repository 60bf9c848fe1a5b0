package io.interactionprocessor.cluster;

import io.vertx.core.eventbus.EventBus;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Teaches the event bus our messages, once for each node and type, before the first is sent. Messages are immutable; on their
 * own node they are handed over without a copy.
 */
public final class BusCodecs {
    private BusCodecs() {}

    /** Writes a message. */
    @FunctionalInterface
    public interface Encoder<T> {
        /** Writes {@code message} to {@code out}. */
        void encode(DataOutput out, T message) throws IOException;
    }

    /** Reads a message. */
    @FunctionalInterface
    public interface Decoder<T> {
        /** Reads what the encoder wrote. */
        T decode(DataInput in) throws IOException;
    }

    /**
     * Registers messages that stay within a node; sending one to another node fails.
     *
     * @param family a record or class, or a sealed interface: then all that it permits
     */
    public static void local(EventBus bus, Class<?> family) {
        members(family).forEach(type -> registerLocal(bus, type));
    }

    /**
     * Registers messages that travel between nodes.
     *
     * @param family a record or class, or a sealed interface: then all that it permits
     */
    public static <T> void wire(
            EventBus bus, Class<T> family, Encoder<? super T> encoder, Decoder<? extends T> decoder) {
        members(family).forEach(type -> registerWire(bus, type.asSubclass(family), encoder, decoder));
    }

    private static <C> void registerLocal(EventBus bus, Class<C> type) {
        bus.registerDefaultCodec(type, new LocalCodec<>(type));
    }

    private static <T, C extends T> void registerWire(
            EventBus bus, Class<C> type, Encoder<? super T> encoder, Decoder<? extends T> decoder) {
        bus.registerDefaultCodec(type, new WireCodec<T, C>(type, encoder, decoder));
    }

    private static List<Class<?>> members(Class<?> family) {
        List<Class<?>> members = new ArrayList<>();
        if (family.isSealed()) {
            for (Class<?> permitted : family.getPermittedSubclasses()) {
                members.addAll(members(permitted));
            }
        }
        if (!Modifier.isAbstract(family.getModifiers())) {
            members.add(family);
        }
        return members;
    }
}
