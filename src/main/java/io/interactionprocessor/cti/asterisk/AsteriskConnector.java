package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Asterisk 16 and later behind the connector SPI. The calls and all that is known of them live in Asterisk, so that any
 * node can go on where another one has stopped.
 */
public final class AsteriskConnector implements Connector {
    private static final String LINK_IS_DOWN = "the link to Asterisk is down";
    private static final int MOST_WAITING = 64;

    private final Vertx vertx;
    private final AsteriskSettings settings;
    private final LongSupplier clock;
    private final Map<String, Future<Reply>> tails = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();

    private RunningLink link;
    private long newestLease;
    private volatile String version = "";

    /**
     * Sends nothing before {@link #connect}.
     *
     * @param clock the wall clock, in milliseconds since 1970-01-01 UTC
     */
    public AsteriskConnector(Vertx vertx, AsteriskSettings settings, LongSupplier clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String vendor() {
        return "Asterisk";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Set<Operation> operations() {
        return EnumSet.allOf(Operation.class);
    }

    @Override
    public Future<Void> connect(Epoch lease, Listener listener) {
        if (lease.value() < newestLease) {
            return Future.failedFuture("a newer holder of the link's lease has been here");
        }
        newestLease = lease.value();
        Future<Void> before = stop();
        RunningLink opening = new RunningLink(vertx, settings, lease.value(), clock, listener);
        link = opening;
        return before.compose(stopped -> opening.start())
                .onSuccess(done -> version = opening.version())
                .onFailure(cause -> opening.stop());
    }

    @Override
    public Future<Void> disconnect() {
        return stop();
    }

    private Future<Void> stop() {
        RunningLink stopping = link;
        link = null;
        tails.clear();
        waiting.clear();
        return stopping == null ? Future.succeededFuture() : stopping.stop().otherwiseEmpty();
    }

    private boolean unavailable() {
        return link == null || !link.up();
    }

    @Override
    public Future<Attachment> attach(String name, Epoch epoch) {
        if (unavailable()) {
            return Future.succeededFuture(Attachment.refused(Refusal.CTI_UNAVAILABLE, LINK_IS_DOWN));
        }
        Agent agent = link.turns().board.agents.get(name);
        if (agent == null) {
            return Future.succeededFuture(Attachment.refused(Refusal.CTI_REJECTED, unknown(name)));
        }
        if (epoch.value() < agent.epoch) {
            return Future.succeededFuture(Attachment.refused(Refusal.STALE_EPOCH, stale(agent)));
        }
        agent.epoch = epoch.value();
        return Future.succeededFuture(Attachment.of(agent.shown));
    }

    private static String unknown(String name) {
        return "the configuration of this switch has no agent " + name;
    }

    private static String stale(Agent agent) {
        return "a newer owner of this session (epoch " + agent.epoch + ") has spoken";
    }

    @Override
    public Future<Reply> execute(AgentCommand command) {
        String name = command.agent();
        if (waiting.getOrDefault(name, 0) >= MOST_WAITING) {
            return Future.succeededFuture(
                    Reply.refused(Refusal.CTI_UNAVAILABLE, "too many commands of this agent wait for the switch"));
        }
        RunningLink by = link;
        // One command of an agent after the other: what one does is the next one's ground.
        Future<Reply> before = tails.get(name);
        Future<Reply> reply = before == null ? run(by, command) : before.transform(done -> run(by, command));
        if (reply.isComplete()) {
            return reply;
        }
        waiting.merge(name, 1, Integer::sum);
        tails.put(name, reply);
        return reply.onComplete(done -> {
            waiting.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
            tails.remove(name, reply);
        });
    }

    private Future<Reply> run(RunningLink by, AgentCommand command) {
        if (by == null || by != link || !by.up()) {
            return Future.succeededFuture(Reply.refused(Refusal.CTI_UNAVAILABLE, LINK_IS_DOWN));
        }
        Agent agent = by.turns().board.agents.get(command.agent());
        if (agent == null) {
            return Future.succeededFuture(Reply.refused(Refusal.CTI_REJECTED, unknown(command.agent())));
        }
        if (command.epoch().value() < agent.epoch) {
            return Future.succeededFuture(Reply.refused(Refusal.STALE_EPOCH, stale(agent)));
        }
        agent.epoch = command.epoch().value();
        Reply first = agent.replies().get(command.id());
        if (first != null) {
            return Future.succeededFuture(first);
        }
        return run(by.turns(), agent, command);
    }

    private Future<Reply> run(Turns by, Agent agent, AgentCommand command) {
        by.board.now = clock.getAsLong();
        List<Party> before = List.copyOf(agent.legs);
        List<Step> more = new ArrayList<>(2);
        agent.commanded = true;
        Reply said = by.commands.run(agent, command.command(), more);
        if (!said.accepted()) {
            agent.commanded = false;
            agent.remember(command.id(), said);
            return Future.succeededFuture(said);
        }
        List<Party> meant =
                agent.legs.stream().filter(leg -> !before.contains(leg)).toList();
        Promise<Reply> promise = Promise.promise();
        by.send(more).onComplete(sent -> {
            if (sent.failed()) {
                agent.commanded = false;
                promise.fail(sent.cause());
                return;
            }
            finish(by, agent, command, verdict(agent, command.command(), meant), promise);
        });
        return promise.future();
    }

    /** Asterisk has been asked: a leg that is gone by now was not to be had. */
    private static Reply verdict(Agent agent, Command command, List<Party> meant) {
        for (Party leg : meant) {
            if (agent.ended.remove(leg.id) != null) {
                return Refused.rejected("station " + leg.address + " cannot be called: is its phone registered?");
            }
        }
        String leg = command instanceof Command.Answer answer
                ? answer.leg()
                : command instanceof Command.Hold hold
                        ? hold.leg()
                        : command instanceof Command.Retrieve retrieve ? retrieve.leg() : null;
        if (leg != null && agent.leg(leg) == null) {
            return Refused.noSuchLeg(leg);
        }
        return Reply.ACCEPTED;
    }

    private static void finish(Turns by, Agent agent, AgentCommand command, Reply verdict, Promise<Reply> promise) {
        AgentEvent event = by.agentStates.tell(agent, command.id());
        Reply reply = verdict.accepted() && event != null
                ? Reply.accepted(event.view().version())
                : verdict;
        agent.remember(command.id(), reply);
        by.note(agent).onComplete(noted -> {
            agent.commanded = false;
            if (noted.failed()) {
                promise.fail(noted.cause());
                return;
            }
            promise.complete(reply);
            if (event != null) {
                by.out(event);
            }
            by.tell(agent);
            // He was not free while the command ran.
            by.send(List.of());
        });
    }

    @Override
    public Future<Void> ping() {
        return unavailable() ? Future.failedFuture(LINK_IS_DOWN) : link.ping();
    }

    @Override
    public Future<List<AgentView>> snapshotAll() {
        return unavailable()
                ? Future.failedFuture(LINK_IS_DOWN)
                : Future.succeededFuture(link.turns().views());
    }
}
