package io.interactionprocessor.torture;

import io.interactionprocessor.torture.ground.Faults;
import io.interactionprocessor.torture.ground.Nodes;
import io.interactionprocessor.torture.history.Isolation;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.load.Load;
import io.interactionprocessor.torture.load.Micros;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One scenario on one cluster under load: what the scenario needs, and what it has done. */
final class Run {
    /** What a node that is cut off may still do: the lease of 3 s, and the time it takes to see that it is over. */
    private static final long LEASE_MICROS = 3_500_000;

    private final Vertx vertx;
    private final Nodes nodes;
    private final Load load;
    private final TortureOptions options;
    private final Progress progress;
    private final Random random;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Isolation> isolations = new ArrayList<>();
    private final long from = Micros.now();
    private long to = Long.MAX_VALUE;

    /**
     * A fault, for the picture.
     *
     * @param node its index, or -1
     */
    record Mark(String what, int node, long from, long to) {}

    Run(Vertx vertx, Nodes nodes, Load load, TortureOptions options, Progress progress) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.load = load;
        this.options = options;
        this.progress = progress;
        this.random = new Random(options.seed());
    }

    Vertx vertx() {
        return vertx;
    }

    Nodes nodes() {
        return nodes;
    }

    Faults faults() {
        return nodes.faults();
    }

    Load load() {
        return load;
    }

    TortureOptions options() {
        return options;
    }

    Random random() {
        return random;
    }

    /** Returns from the scenario's beginning to its end. */
    Window window() {
        return new Window(from, Math.min(to, Micros.now()));
    }

    /** Tells what happens now. */
    void tell(String what) {
        progress.tell(what);
    }

    /** Lets time pass, telling how it goes. */
    void pause(Duration time) throws InterruptedException {
        long end = Micros.now() + time.toNanos() / 1000;
        while (Micros.now() < end) {
            progress.look(this);
            Thread.sleep(Math.max(1, Math.min(100, (end - Micros.now()) / 1000)));
        }
    }

    /** Waits until everybody who is logged in is connected, at most so long; returns whether they are. */
    boolean awaitEverybody(Duration most) throws InterruptedException {
        long end = Micros.now() + most.toNanos() / 1000;
        while (load.bound() < load.loggedIn() && Micros.now() < end) {
            pause(Duration.ofMillis(100));
        }
        return load.bound() >= load.loggedIn();
    }

    /** Begins a fault; {@link #marked} ends it. */
    Mark begin(String what, int node) {
        tell(what + (node < 0 ? "" : " node " + (node + 1)));
        return new Mark(what, node, Micros.now(), 0);
    }

    /** Ends a fault that was begun; returns it with its end. */
    Mark marked(Mark begun) {
        Mark mark = new Mark(begun.what(), begun.node(), begun.from(), Micros.now());
        marks.add(mark);
        return mark;
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Notes that some nodes could not talk to the majority. */
    void isolated(Set<Integer> which, long since, long until) {
        Set<String> urls = new HashSet<>();
        which.forEach(index -> urls.add(nodes.url(index)));
        isolations.add(new Isolation(urls, since, until, LEASE_MICROS));
    }

    List<Isolation> isolations() {
        return List.copyOf(isolations);
    }

    void over() {
        to = Micros.now();
    }
}
