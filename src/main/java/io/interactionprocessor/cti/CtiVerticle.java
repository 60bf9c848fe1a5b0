package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Call control for one link on one node (design 1): active while this node holds the link's lease, standing by elsewhere.
 * It takes requests at its own address, has the connector execute them, and sends agents' events to the nodes that own
 * their sessions. {@link LinkMessages#register} must have been called.
 */
public final class CtiVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CtiVerticle.class);

    private static final DeliveryOptions HERE = LinkMessages.event(true);
    private static final DeliveryOptions ELSEWHERE = LinkMessages.event(false);
    private static final DeliveryOptions REPLY = LinkMessages.reply();

    private final LinkSettings settings;
    private final Connector connector;
    private final LinkLease lease;
    private final Supplier<? extends Collection<String>> sessionAddresses;
    private final Routes routes = new Routes();
    /** What the switch executes now, by the commands' ids. */
    private final Map<String, Future<Reply>> running = new HashMap<>();

    /** What is told at the end of this turn, by the commands' ids. */
    private final Map<String, Answer> answers = new HashMap<>();

    private MessageConsumer<LinkRequest> consumer;
    private HeldLink held;
    private Deadlines<Runnable> waiting;

    /**
     * Nothing happens before the verticle is deployed.
     *
     * @param connector used by this verticle alone
     * @param lease the link's
     * @param sessionAddresses the event-bus addresses of all nodes that may own sessions of this link, as they are now
     */
    public CtiVerticle(
            LinkSettings settings,
            Connector connector,
            LinkLease lease,
            Supplier<? extends Collection<String>> sessionAddresses) {
        this.settings = settings;
        this.connector = connector;
        this.lease = lease;
        this.sessionAddresses = sessionAddresses;
    }

    @Override
    public Future<?> start() {
        waiting = new Deadlines<>(vertx, settings.commandTimeout(), Runnable::run);
        consumer = vertx.eventBus().consumer(settings.address(), this::receive);
        return consumer.completion().onSuccess(registered -> compete());
    }

    @Override
    public Future<?> stop() {
        return Future.join(consumer.unregister(), lose().eventually(lease::release));
    }

    private void compete() {
        lease.compete(new LinkLease.Listener() {
            @Override
            public void granted(Epoch epoch) {
                lose();
                held = new HeldLink(vertx, settings, connector, epoch, new Told());
                held.open();
            }

            @Override
            public void lost() {
                LOG.info("link {}: the lease is lost", settings.processor());
                lose();
            }
        });
    }

    /** Completes when another holder finds everything as this one has left it; never fails. */
    private Future<Void> lose() {
        if (held == null) {
            return Future.succeededFuture();
        }
        HeldLink gone = held;
        held = null;
        Future<Void> closed = gone.close();
        routes.clear();
        running.clear();
        return closed;
    }

    /** What the held link tells: how it is, and what happens on it. */
    private final class Told implements HeldLink.Listener {
        @Override
        public void up(Epoch holder, List<AgentView> views) {
            LOG.info("link {} is up, lease {}", settings.processor(), holder);
            for (AgentView view : views) {
                changed(new AgentEvent(view, Map.of(), null));
            }
            broadcast(new LinkEvent.LinkUp(settings.processor(), holder));
        }

        @Override
        public void down(Epoch holder, String reason) {
            LOG.warn("link {} is down, lease {}: {}", settings.processor(), holder, reason);
            broadcast(new LinkEvent.LinkDown(settings.processor(), holder, reason));
        }

        @Override
        public void changed(AgentEvent event) {
            Routes.Route route = routes.of(event.view().agent());
            Answer answer = event.commandId() == null ? null : answers.remove(event.commandId());
            if (answer != null && route == null) {
                answer.alone();
            } else if (route != null && (answer == null || !answer.with(event, route.epoch()))) {
                send(route.eventAddress(), new LinkEvent.AgentChanged(settings.processor(), event, route.epoch()));
            }
        }

        @Override
        public void hopeless() {
            // Perhaps it can be reached from another node.
            lose().eventually(lease::release)
                    .onComplete(released -> vertx.setTimer(settings.reconnect(), timer -> compete()));
        }
    }

    private void broadcast(LinkEvent event) {
        for (String address : sessionAddresses.get()) {
            send(address, event);
        }
    }

    private void send(String address, LinkEvent event) {
        vertx.eventBus().send(address, event, address.equals(settings.sessions()) ? HERE : ELSEWHERE);
    }

    private void receive(Message<LinkRequest> message) {
        HeldLink asked = held;
        Future<LinkReply> reply;
        try {
            reply = answer(message.body());
        } catch (RuntimeException thrown) {
            reply = Future.failedFuture(thrown);
        }
        reply.onFailure(cause -> requestLost(asked, cause))
                .otherwise(new LinkReply.NotHolder(true))
                .onSuccess(sent -> reply(message, sent));
    }

    /** Who has asked is told to ask the holder; one that has lost the lease says so once, not for each of its requests. */
    private void requestLost(HeldLink asked, Throwable cause) {
        if (asked == held) {
            LOG.warn("link {}: a request was lost; it is asked again", settings.processor(), cause);
        } else {
            LOG.debug("link {}: a request was lost with the lease", settings.processor(), cause);
        }
    }

    /** A reply that is told at the end of this turn: as a rule the switch tells in the same what the command has done. */
    private record Answer(Message<LinkRequest> message, LinkReply.Executed reply, AgentCommand command) {
        void alone() {
            message.reply(reply, REPLY);
        }

        /** Tells the effect along, if it is for the session that asked; returns whether it is. */
        boolean with(AgentEvent effect, Epoch attached) {
            boolean itsOwn = effect.view().agent().equals(command.agent()) && attached.equals(command.epoch());
            message.reply(itsOwn ? new LinkReply.Executed(reply.reply(), effect) : reply, REPLY);
            return itsOwn;
        }
    }

    private void reply(Message<LinkRequest> message, LinkReply sent) {
        if (message.body() instanceof LinkRequest.Execute execute
                && sent instanceof LinkReply.Executed executed
                && executed.reply().accepted()
                && !answers.containsKey(execute.command().id())) {
            if (answers.isEmpty()) {
                context.runOnContext(endOfTurn -> {
                    answers.values().forEach(Answer::alone);
                    answers.clear();
                });
            }
            answers.put(execute.command().id(), new Answer(message, executed, execute.command()));
        } else {
            message.reply(sent, REPLY);
        }
    }

    private Future<LinkReply> answer(LinkRequest request) {
        if (held == null || held.connecting() || !lease.held()) {
            return Future.succeededFuture(new LinkReply.NotHolder(false));
        }
        if (request instanceof LinkRequest.Execute execute) {
            return execute(execute.command()).map(LinkReply.Executed::new);
        } else if (request instanceof LinkRequest.Attach attach) {
            return attach(attach).map(LinkReply.Attached::new);
        }
        return operate(((LinkRequest.OperateSwitch) request).json());
    }

    private Future<Reply> execute(AgentCommand command) {
        // A sender that has heard nothing asks again.
        Future<Reply> first = running.get(command.id());
        return first == null ? begin(command) : first;
    }

    private Future<Reply> begin(AgentCommand command) {
        Reply obstacle = obstacle(command);
        if (obstacle != null) {
            return Future.succeededFuture(obstacle);
        }
        Future<Reply> reply = inTime(
                held.asked(connector.execute(command)),
                Reply.refused(Refusal.TIMEOUT, "the switch has not answered in time: the outcome is unknown"));
        if (!reply.isComplete()) {
            running.put(command.id(), reply);
            reply.onComplete(done -> running.remove(command.id(), reply));
        }
        return reply;
    }

    private Reply obstacle(AgentCommand command) {
        if (!held.up()) {
            return Reply.refused(Refusal.CTI_UNAVAILABLE, "the link to the switch is down: " + held.reason());
        }
        if (!routes.admit(command.agent(), command.epoch())) {
            return Reply.refused(Refusal.STALE_EPOCH, "a newer owner of this session has spoken");
        }
        if (!connector.operations().contains(command.command().operation())) {
            return Reply.refused(
                    Refusal.NOT_SUPPORTED,
                    "this switch cannot " + command.command().operation());
        }
        if (held.inFlight() >= settings.mostInFlight()) {
            return Reply.refused(Refusal.CTI_UNAVAILABLE, "too many commands wait for the switch: try again later");
        }
        return null;
    }

    private Future<Attachment> attach(LinkRequest.Attach attach) {
        if (!held.up()) {
            return Future.succeededFuture(
                    Attachment.refused(Refusal.CTI_UNAVAILABLE, "the link to the switch is down: " + held.reason()));
        }
        if (!routes.admit(attach.agent(), attach.epoch())) {
            return Future.succeededFuture(
                    Attachment.refused(Refusal.STALE_EPOCH, "a newer owner of this session has spoken"));
        }
        HeldLink by = held;
        Future<Attachment> attached = by.asked(connector.attach(attach.agent(), attach.epoch()))
                .onSuccess(attachment -> {
                    // Here, where the answer leaves: no event before it, and none after it is missing.
                    if (attachment.accepted() && held == by) {
                        routes.attach(attach.agent(), new Routes.Route(attach.eventAddress(), attach.epoch()));
                    }
                });
        return inTime(attached, Attachment.refused(Refusal.TIMEOUT, "the switch has not answered in time"));
    }

    /** Gives {@code otherwise} if the answer does not come in the time that a command has. */
    private <T> Future<T> inTime(Future<T> answer, T otherwise) {
        if (answer.isComplete()) {
            return answer;
        }
        Promise<T> promise = Promise.promise();
        Runnable late = () -> promise.complete(otherwise);
        waiting.begin(late);
        answer.onComplete(done -> {
            if (waiting.end(late)) {
                promise.handle(done);
            }
        });
        return promise.future();
    }

    private Future<LinkReply> operate(String json) {
        if (connector instanceof SwitchSide side) {
            return side.operate(json).map(answer -> answer);
        }
        return Future.succeededFuture(
                new LinkReply.Side(404, "{\"error\":{\"message\":\"this switch has no side of its own\"}}"));
    }
}
