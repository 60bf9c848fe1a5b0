package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Epoch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets nothing out of the switch before the grid has what it rests on, and writes one group at a time: while one write is
 * under way, all that happens gathers for the next. Order is kept.
 */
final class GroupCommit {
    private final GridStore grid;
    private final Epoch lease;

    private Map<String, byte[]> puts = new HashMap<>();
    private Set<String> removes = new HashSet<>();
    private List<Consumer<Throwable>> outputs = new ArrayList<>();
    private boolean writing;
    private boolean releasing;
    private Throwable broken;

    GroupCommit(GridStore grid, Epoch lease) {
        this.grid = grid;
        this.lease = lease;
    }

    /** Takes what has changed in the switch, to be written with the next group. */
    void take(SimulatedSwitch model) {
        Set<String> gone = new HashSet<>();
        model.drainChanges(puts, gone);
        puts.keySet().removeAll(gone);
        removes.addAll(gone);
    }

    /** Runs {@code output} when all that was taken before is written: with null, or with why that failed. */
    void release(Consumer<Throwable> output) {
        outputs.add(output);
    }

    /** Writes what was taken, unless a write is under way: then it follows that one. */
    void flush() {
        if (writing || releasing || outputs.isEmpty()) {
            return;
        }
        List<Consumer<Throwable>> group = outputs;
        outputs = new ArrayList<>();
        if (broken != null || (puts.isEmpty() && removes.isEmpty())) {
            run(group, broken);
            flush();
            return;
        }
        Map<String, byte[]> nextPuts = puts;
        Set<String> nextRemoves = removes;
        puts = new HashMap<>();
        removes = new HashSet<>();
        writing = true;
        write(nextPuts, nextRemoves).onComplete(written -> {
            writing = false;
            if (broken == null && written.failed()) {
                broken = written.cause();
            }
            run(group, broken);
            flush();
        });
    }

    private Future<Void> write(Map<String, byte[]> nextPuts, Set<String> nextRemoves) {
        try {
            return grid.write(lease, nextPuts, nextRemoves);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** Lets nothing out any more: whatever waits fails. */
    void close(Throwable reason) {
        if (broken == null) {
            broken = reason;
        }
        List<Consumer<Throwable>> group = outputs;
        outputs = new ArrayList<>();
        run(group, broken);
    }

    private void run(List<Consumer<Throwable>> group, Throwable failure) {
        // An output may lead to the next step at once; what that one gives out must not overtake the rest of this
        // group.
        releasing = true;
        for (Consumer<Throwable> output : group) {
            output.accept(failure);
        }
        releasing = false;
    }
}
