package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.model.csta.AgentEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A simulated switch with a clock and a timer: each step's answer, then its events, leave it when the grid has them. */
final class RunningSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(RunningSwitch.class);

    /** Something to do with the switch at a moment. */
    interface Step<T> {
        T run(SimulatedSwitch model, long now);
    }

    private final Vertx vertx;
    private final Context context;
    private final SimulatedSwitch model;
    private final GroupCommit commit;
    private final LongSupplier clock;
    private final Connector.Listener listener;
    private final Runnable onLost;

    private boolean stopped;
    private boolean lost;
    private long timer = -1;
    private long timerDue;

    RunningSwitch(
            Vertx vertx,
            SimulatedSwitch model,
            GroupCommit commit,
            LongSupplier clock,
            Connector.Listener listener,
            Runnable onLost) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.model = model;
        this.commit = commit;
        this.clock = clock;
        this.listener = listener;
        this.onLost = onLost;
    }

    /** Makes happen what was missed while nobody ran the switch, and goes on from there. */
    void start() {
        advance();
    }

    boolean lost() {
        return lost;
    }

    boolean linkUp() {
        return model.linkUp();
    }

    /** Runs a step; its answer comes before the events that it caused, and fails if the grid did not take them. */
    <T> Future<T> step(Step<T> step) {
        Promise<T> promise = Promise.promise();
        boolean before = model.linkUp();
        T answer = step.run(model, clock.getAsLong());
        commit.take(model);
        commit.release(failure -> {
            if (failure == null) {
                promise.complete(answer);
            } else {
                promise.fail(failure);
            }
        });
        List<AgentEvent> events = model.drainEvents();
        boolean after = model.linkUp();
        // An event of the very step that cuts the link is lost with it; one of the step that mends it comes too early.
        if (before && after) {
            out(() -> events.forEach(listener::agentChanged));
        } else if (before != after) {
            out(() -> listener.linkChanged(after, after ? "" : "the simulated link is down"));
        }
        arm();
        commit.flush();
        return promise.future();
    }

    private void out(Runnable output) {
        commit.release(failure -> {
            if (failure != null) {
                lose(failure);
            } else if (!stopped && !lost) {
                output.run();
            }
        });
    }

    private void advance() {
        step((running, now) -> {
            running.advance(now);
            return null;
        });
    }

    private void arm() {
        OptionalLong next = model.nextDeadline();
        if (timer >= 0 && next.isPresent() && next.getAsLong() == timerDue) {
            return;
        }
        vertx.cancelTimer(timer);
        timer = -1;
        if (next.isPresent() && !stopped && !lost) {
            timerDue = next.getAsLong();
            timer = vertx.setTimer(Math.max(1, timerDue - clock.getAsLong()), fired -> {
                timer = -1;
                onContext(this::advance);
            });
        }
    }

    private void lose(Throwable failure) {
        if (!stopped && !lost) {
            LOG.warn("the simulated switch cannot be written to the grid; this holder stops", failure);
            lost = true;
            vertx.cancelTimer(timer);
            commit.close(failure);
            listener.linkChanged(false, "the grid does not take the switch's state: " + failure.getMessage());
            onLost.run();
        }
    }

    void stop(String reason) {
        stopped = true;
        vertx.cancelTimer(timer);
        commit.close(new IllegalStateException(reason));
    }

    private void onContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(hop -> task.run());
        }
    }
}
