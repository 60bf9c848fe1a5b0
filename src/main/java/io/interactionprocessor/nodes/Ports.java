package io.interactionprocessor.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports of a node. */
public record Ports(int http, int management, int cluster) {
    /** Returns ports of 127.0.0.1 that are free now; all are held until the last is found, so that they differ. */
    public static List<Ports> free(int nodes) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * nodes; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Ports> ports = new ArrayList<>();
            for (int i = 0; i < held.size(); i += 3) {
                ports.add(new Ports(
                        held.get(i).getLocalPort(),
                        held.get(i + 1).getLocalPort(),
                        held.get(i + 2).getLocalPort()));
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports", e);
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
