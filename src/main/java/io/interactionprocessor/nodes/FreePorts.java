package io.interactionprocessor.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for nodes that are about to start on this machine. They lie below those that systems give to outgoing connections:
 * between the moment a port is found and the moment its node listens, no such connection can take it. Thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 10_000;
    /** Two who look in one process do not find the same ones. */
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /**
     * Finds ports that nobody listens at on loopback.
     *
     * @throws IllegalStateException if there are not so many
     */
    public static List<Integer> find(int count) {
        List<Integer> found = new ArrayList<>(count);
        synchronized (GIVEN) {
            for (int attempt = 0; found.size() < count; attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("no " + count + " free ports on this machine");
                }
                int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
                if (!GIVEN.contains(port) && isFree(port)) {
                    GIVEN.add(port);
                    found.add(port);
                }
            }
        }
        return found;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
