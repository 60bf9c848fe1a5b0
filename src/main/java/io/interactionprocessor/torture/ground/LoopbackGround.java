package io.interactionprocessor.torture.ground;

import io.interactionprocessor.nodes.Ports;
import java.util.List;

/** All nodes on 127.0.0.1. They can be killed and frozen, not cut off. */
public final class LoopbackGround implements Ground {
    private static final String HOST = "127.0.0.1";

    private final List<Place> places;

    /** Finds ports for so many nodes. */
    public LoopbackGround(int nodes) {
        places = Ports.free(nodes).stream()
                .map(ports -> new Place(HOST, ports, List.of()))
                .toList();
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public List<Place> places() {
        return places;
    }

    @Override
    public boolean isLoopback() {
        return true;
    }

    @Override
    public boolean canCut() {
        return false;
    }

    @Override
    public void cut(int from, int to) {
        throw new UnsupportedOperationException("loopback cannot be cut");
    }

    @Override
    public void heal() {
        // nothing was cut
    }

    @Override
    public void close() {
        // nothing was made
    }
}
