package io.interactionprocessor.torture.ground;

import io.interactionprocessor.nodes.NodeProcess;
import io.interactionprocessor.torture.load.Micros;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes of the bare platform, Vert.x clustered by Hazelcast with the settings that the service's nodes have, each in a JVM of
 * its own. Each is asked all the time how many members it sees. Used by one thread.
 */
public final class BareNodes implements AutoCloseable {
    private static final long LONGEST_START_MS = 90_000;
    private static final long ASK_EVERY_MS = 10;
    private static final long CONNECT_S = 10;
    private static final String ASKED = "{\"members\":0}";

    private final Ground ground;
    private final List<String> java;
    private final Path directory;
    private final Vertx vertx;
    private final WebSocketClient client;
    private final NodeProcess[] nodes;
    private final View[] views;
    private int starts;

    /** What one node sees. */
    private static final class View {
        private volatile int members;
        private volatile long since;

        void heard(String answer) {
            int now = new JsonObject(answer).getInteger("members");
            if (now != members) {
                since = Micros.now();
                members = now;
            }
        }
    }

    /**
     * Prepares a node for each place; none is started yet.
     *
     * @param java the command up to the main class
     * @param directory for logs
     */
    public BareNodes(Ground ground, List<String> java, Path directory, Vertx vertx) {
        this.ground = ground;
        this.java = List.copyOf(java);
        this.directory = directory;
        this.vertx = vertx;
        this.client = vertx.createWebSocketClient();
        this.nodes = new NodeProcess[ground.places().size()];
        this.views = new View[nodes.length];
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write below " + directory, e);
        }
    }

    /** Starts nodes and waits until each sees all. */
    public void start(int... indexes) throws InterruptedException {
        for (int index : indexes) {
            launch(index);
        }
        for (int index : indexes) {
            nodes[index].awaitReady(LONGEST_START_MS);
            views[index] = follow(ground.places().get(index));
        }
    }

    private void launch(int index) {
        Ground.Place place = ground.places().get(index);
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(java);
        command.addAll(List.of(
                "bench-baseline",
                "--exit-with-parent",
                Long.toString(ProcessHandle.current().pid()),
                "--host",
                place.host(),
                "--port",
                Integer.toString(place.ports().http()),
                "--cluster-port",
                Integer.toString(place.ports().cluster()),
                "--members",
                ground.places().stream()
                        .map(each -> each.host() + ':' + each.ports().cluster())
                        .collect(Collectors.joining(","))));
        Path log = directory.resolve("bare" + (index + 1) + '-' + ++starts + ".log");
        nodes[index] = NodeProcess.launch("bare node " + (index + 1), command, place.ports(), log);
    }

    private View follow(Ground.Place place) throws InterruptedException {
        View view = new View();
        try {
            WebSocket socket =
                    client.connect(place.ports().http(), place.host(), "/ws").await(CONNECT_S, TimeUnit.SECONDS);
            socket.textMessageHandler(view::heard);
            long timer = vertx.setPeriodic(ASK_EVERY_MS, id -> socket.writeTextMessage(ASKED));
            socket.closeHandler(closed -> vertx.cancelTimer(timer));
        } catch (TimeoutException e) {
            throw new Shell.Failed("bare node at " + place.host() + " takes no connection");
        }
        return view;
    }

    /**
     * Waits until all nodes but one see so many members.
     *
     * @param but the one that is not asked; -1: all are
     * @param longest in microseconds
     * @return when the last of them saw it ({@link Micros}), or -1 if that took too long
     */
    public long awaitMembers(int count, int but, long longest) throws InterruptedException {
        long end = Micros.now() + longest;
        List<View> asked = IntStream.range(0, views.length)
                .filter(index -> index != but)
                .mapToObj(index -> views[index])
                .toList();
        while (asked.stream().anyMatch(view -> view.members != count)) {
            if (Micros.now() > end) {
                return -1;
            }
            Thread.sleep(ASK_EVERY_MS / 2);
        }
        return asked.stream().mapToLong(view -> view.since).max().orElse(-1);
    }

    /** Kills a node's process, as {@code kill -9} does. */
    public void kill(int index) {
        nodes[index].kill();
    }

    /** Stops a node's process where it stands (SIGSTOP). */
    public void freeze(int index) {
        Processes.freeze(nodes[index]);
    }

    /** Lets it go on (SIGCONT). */
    public void thaw(int index) {
        Processes.thaw(nodes[index]);
    }

    /** Cuts a node off from all others, both ways. */
    public void cut(int index) {
        for (int other = 0; other < nodes.length; other++) {
            if (other != index) {
                ground.cut(index, other);
                ground.cut(other, index);
            }
        }
    }

    /** Undoes every cut. */
    public void heal() {
        ground.heal();
    }

    /** Returns whether nodes can be cut off from each other. */
    public boolean canCut() {
        return ground.canCut();
    }

    /** Ends all nodes and removes the ground. */
    @Override
    public void close() {
        Processes.end(nodes);
        ground.close();
    }
}
