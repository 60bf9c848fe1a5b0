package io.interactionprocessor.gateway;

import io.interactionprocessor.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one-time stand-ins for passwords that one connection has been given in {@code confirm}s (protocol 4.1). They die with
 * the connection, with their first use, or with age; only the newest few are kept.
 */
final class StandIns {
    static final String PREFIX = "standin:";

    private static final int KEPT = 16;

    private final Supplier<String> random;
    private final long lifetimeMillis;
    private final Deque<Issued> issued = new ArrayDeque<>(0);

    /**
     * None yet.
     *
     * @param random 128 random bits as text
     */
    StandIns(Supplier<String> random, long lifetimeMillis) {
        this.random = random;
        this.lifetimeMillis = lifetimeMillis;
    }

    /** Returns what may be sent once in the place of {@code password}, for the same agent at the same service. */
    String issue(String serviceId, String agent, Secret password, long now) {
        if (issued.size() == KEPT) {
            issued.removeFirst();
        }
        String text = PREFIX + random.get();
        issued.addLast(new Issued(text, serviceId, agent, password, now + lifetimeMillis));
        return text;
    }

    /** Returns the password that {@code given} stands for, and forgets it; empty if it stands for none. */
    Optional<Secret> redeem(String serviceId, String agent, Secret given, long now) {
        String text = given.reveal();
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Iterator<Issued> each = issued.iterator();
        while (each.hasNext()) {
            Issued one = each.next();
            if (now >= one.expiresAt) {
                each.remove();
            } else if (same(one.text, text)) {
                each.remove();
                return one.serviceId.equals(serviceId) && one.agent.equals(agent)
                        ? Optional.of(one.password)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Forgets what is too old to be used. */
    void expire(long now) {
        while (!issued.isEmpty() && now >= issued.peekFirst().expiresAt) {
            issued.removeFirst();
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Not a record: its {@code toString} would show the stand-in. */
    private static final class Issued {
        private final String text;
        private final String serviceId;
        private final String agent;
        private final Secret password;
        private final long expiresAt;

        Issued(String text, String serviceId, String agent, Secret password, long expiresAt) {
            this.text = text;
            this.serviceId = serviceId;
            this.agent = agent;
            this.password = password;
            this.expiresAt = expiresAt;
        }
    }
}
