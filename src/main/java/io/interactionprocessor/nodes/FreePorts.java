package io.interactionprocessor.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for nodes that are about to start on this machine. They lie below those that systems give to outgoing connections:
 * between the moment a port is found and the moment its node listens, no such connection can take it. And no other program
 * that looks for ports in this way finds them either, for as long as this JVM runs. Thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 12_000;
    /** Above it lie those that tests give to the media of telephone calls, any of which may be in use for a while. */
    private static final int HIGHEST = 26_000;

    private static final int ATTEMPTS = 10_000;
    /** Two who look in one process do not find the same ones. */
    private static final Set<Integer> GIVEN = new HashSet<>();

    /**
     * Two processes do not either: a port is claimed by a lock on the byte of its number, which the system takes back when
     * the process ends, however it ends. Null if there is no such file to be had: then it is left to chance.
     */
    private static final FileChannel CLAIMS = claims();

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
                if (GIVEN.add(port) && claim(port) && isFree(port)) {
                    found.add(port);
                }
            }
        }
        return found;
    }

    private static FileChannel claims() {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"), "interaction-processor-ports-" + System.getProperty("user.name"));
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns whether no other process has the port; asked once for each. */
    static boolean claim(int port) {
        try {
            return CLAIMS == null || CLAIMS.tryLock(port, 1, false) != null;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
