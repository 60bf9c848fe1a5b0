package io.interactionprocessor.nodes;

import java.util.ArrayList;
import java.util.List;

/** The ports of a node. */
public record Ports(int http, int management, int cluster) {
    /** Returns ports of 127.0.0.1 that are free now, for so many nodes. */
    public static List<Ports> free(int nodes) {
        List<Ports> ports = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            List<Integer> three = FreePorts.find(3);
            ports.add(new Ports(three.get(0), three.get(1), three.get(2)));
        }
        return ports;
    }
}
