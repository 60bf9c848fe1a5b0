package io.interactionprocessor.session.simulation;

import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;

/** A client's connection: what is sent arrives in order, or not at all once it breaks. Each end notices that later. */
final class Connection {
    private final World world;
    private final String address;
    private final SimulatedNode node;
    private final Desktop desktop;
    private boolean broken;
    private long lastToNode;
    private long lastToClient;

    Connection(World world, String address, SimulatedNode node, Desktop desktop) {
        this.world = world;
        this.address = address;
        this.node = node;
        this.desktop = desktop;
        node.opened(this);
    }

    String address() {
        return address;
    }

    SimulatedNode node() {
        return node;
    }

    boolean isBroken() {
        return broken;
    }

    void toNode(Request request) {
        lastToNode = Math.max(lastToNode, world.time.now() + world.faults.delay());
        world.time.after(lastToNode - world.time.now(), () -> {
            if (!broken) {
                world.trace(desktop.agent(), address, node, "<-", request);
                node.receive(new Inbound.Call(address, "10.0.0.1", request));
            }
        });
    }

    void toClient(Outbound message) {
        lastToClient = Math.max(lastToClient, world.time.now() + world.faults.delay());
        world.time.after(lastToClient - world.time.now(), () -> {
            if (!broken) {
                world.trace(desktop.agent(), address, node, "->", message);
                desktop.receive(this, message);
            }
        });
    }

    /** The connection is gone, with everything that is on its way. */
    void breaks(boolean nodeNotices) {
        if (broken) {
            return;
        }
        broken = true;
        world.trace(desktop.agent(), address, node, "breaks");
        int noticed = world.faults.between(0, 200);
        if (nodeNotices) {
            world.time.after(noticed, () -> node.closed(this));
        }
        // one that still has a connection that its client has lost cannot tell it from two clients with one key
        world.time.after(world.faults.between(noticed, 200), () -> desktop.disconnected(this));
    }

    /** The node has closed the connection. */
    void closedByNode() {
        broken = true;
        node.closed(this);
    }
}
