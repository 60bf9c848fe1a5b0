package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.cti.LinkReply;
import io.interactionprocessor.cti.SwitchSide;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** The simulated switch behind the connector SPI: a clock, a timer and the grid around {@link SimulatedSwitch}. */
public final class SimulatedConnector implements Connector, SwitchSide {
    private static final String LINK_IS_DOWN = "the simulated link is down";
    private static final long REOPEN_AFTER = 1_000;

    private final Vertx vertx;
    private final SimulatedSettings settings;
    private final GridStore grid;
    private final LongSupplier clock;

    private RunningSwitch running;
    private final HalfOpen halfOpen = new HalfOpen();
    private int connection;

    /**
     * Reads and writes nothing before {@link #connect}.
     *
     * @param clock the wall clock, in milliseconds since 1970-01-01 UTC
     */
    public SimulatedConnector(Vertx vertx, SimulatedSettings settings, GridStore grid, LongSupplier clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.grid = grid;
        this.clock = clock;
    }

    @Override
    public String vendor() {
        return "Interaction Processor";
    }

    @Override
    public String version() {
        return "simulated 1";
    }

    @Override
    public Set<Operation> operations() {
        return EnumSet.allOf(Operation.class);
    }

    @Override
    public Future<Void> connect(Epoch lease, Listener listener) {
        stop("another connection takes its place");
        halfOpen.end();
        int mine = ++connection;
        return open(lease, listener, mine).map(model -> {
            if (!model.linkUp()) {
                listener.linkChanged(false, LINK_IS_DOWN);
            }
            return null;
        });
    }

    private Future<SimulatedSwitch> open(Epoch lease, Listener listener, int mine) {
        return grid.open(lease).map(entries -> {
            if (mine != connection) {
                throw new IllegalStateException("another connection has taken its place");
            }
            SimulatedSwitch model = new SimulatedSwitch(settings, entries);
            GroupCommit commit = new GroupCommit(grid, lease);
            running = new RunningSwitch(
                    vertx, model, commit, clock, halfOpen.hearing(listener), () -> reopen(lease, listener, mine));
            running.start();
            return model;
        });
    }

    /** The grid did not take a write. It may do so again while this node holds the lease; if it does not, it never will. */
    private void reopen(Epoch lease, Listener listener, int mine) {
        vertx.setTimer(REOPEN_AFTER, timer -> {
            if (mine == connection) {
                open(lease, listener, mine)
                        .onSuccess(model -> {
                            if (model.linkUp()) {
                                listener.linkChanged(true, "");
                            }
                        })
                        .onFailure(cause -> reopen(lease, listener, mine));
            }
        });
    }

    @Override
    public Future<Void> disconnect() {
        connection++;
        stop("disconnected");
        return Future.succeededFuture();
    }

    private void stop(String reason) {
        if (running != null) {
            running.stop(reason);
            running = null;
        }
    }

    @Override
    public Future<Attachment> attach(String agent, Epoch epoch) {
        if (halfOpen.isNow()) {
            return halfOpen.never();
        }
        if (unavailable()) {
            return Future.succeededFuture(Attachment.refused(Refusal.CTI_UNAVAILABLE, LINK_IS_DOWN));
        }
        return running.step((model, now) -> model.attach(agent, epoch, now));
    }

    @Override
    public Future<Reply> execute(AgentCommand command) {
        if (halfOpen.isNow()) {
            return halfOpen.never();
        }
        if (unavailable()) {
            return Future.succeededFuture(Reply.refused(Refusal.CTI_UNAVAILABLE, LINK_IS_DOWN));
        }
        return running.step((model, now) -> model.execute(command, now));
    }

    @Override
    public Future<Void> ping() {
        return halfOpen.ping();
    }

    @Override
    public Future<List<AgentView>> snapshotAll() {
        if (halfOpen.isNow()) {
            return halfOpen.never();
        }
        if (unavailable()) {
            return Future.failedFuture(LINK_IS_DOWN);
        }
        return running.step((model, now) -> model.snapshotAll());
    }

    @Override
    public Future<LinkReply.Side> operate(String json) {
        if (running == null || running.lost()) {
            return Future.failedFuture("not connected");
        }
        String link = SwitchOperations.linkState(json);
        if (link != null) {
            halfOpen.set(link.equals("silent"));
        }
        return running.step((model, now) -> SwitchOperations.run(model, json, now));
    }

    private boolean unavailable() {
        return running == null || running.lost() || !running.linkUp();
    }
}
