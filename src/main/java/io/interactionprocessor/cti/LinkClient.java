package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's way to a link, whichever node holds it. What the holder does not answer because it is gone, or not the holder
 * any more, is asked again at the new one until the deadline, and so is what may have got lost on the way, which a
 * connection between nodes that has just been made anew does not tell; safe, because a command's id makes the switch
 * execute it once. Used from one context, and completes there.
 */
public final class LinkClient {

    /**
     * Times in milliseconds.
     *
     * @param deadline after which an unanswered request is given up: longer than the holder's own command timeout
     * @param repeat after which a holder on another node is asked once more: the request, or its answer, may be lost
     * @param retry how long to wait before asking again when there is no holder, or it said that it is none
     * @param mostInFlight how many requests may be unanswered at once; more are refused
     */
    public record Settings(long deadline, long repeat, long retry, int mostInFlight) {
        /**
         * Returns the usual times.
         *
         * @param answerWithin how long a client waits for the answer to a command; the deadline is nine tenths of it, and
         *     six times in all the holder is asked until then
         */
        public static Settings of(long answerWithin) {
            return new Settings(answerWithin * 9 / 10, answerWithin * 3 / 20, 50, 10_000);
        }
    }

    private static final String OUTCOME_UNKNOWN = "the link's holder has not answered in time: the outcome is unknown";
    private static final LinkReply UNKNOWN = new LinkReply.Executed(Reply.refused(Refusal.TIMEOUT, OUTCOME_UNKNOWN));

    private final Vertx vertx;
    private final Settings settings;
    private final Supplier<Optional<String>> holder;
    private final DeliveryOptions here;
    private final DeliveryOptions elsewhere;
    private final String own;
    private final Consumer<AgentEvent> effects;
    private final Deadlines<Asked> inFlight;
    private final Deadlines<Asked> unheard;

    /**
     * Nothing is sent before something is asked.
     *
     * @param own the event-bus address of the link on this node
     * @param holder the event-bus address of the link at its present holder, if there is one; must not block
     * @param effects is told what has come of a command, after the reply to it, unless that comes as an event of its own
     */
    public LinkClient(
            Vertx vertx,
            Settings settings,
            String own,
            Supplier<Optional<String>> holder,
            Consumer<AgentEvent> effects) {
        this.vertx = vertx;
        this.effects = effects;
        this.settings = settings;
        this.holder = holder;
        this.own = own;
        this.inFlight = new Deadlines<>(vertx, settings.deadline(), Asked::giveUp);
        this.unheard = new Deadlines<>(vertx, settings.repeat(), Asked::sendAgain);
        this.here = LinkMessages.request(settings.deadline(), true);
        this.elsewhere = LinkMessages.request(settings.deadline(), false);
    }

    /**
     * Attaches a session to its agent.
     *
     * @param eventAddress where the agent's events are to go: the node that owns the session
     * @return never fails
     */
    public Future<Attachment> attach(String agent, Epoch epoch, String eventAddress) {
        return ask(new LinkRequest.Attach(agent, epoch, eventAddress))
                .map(reply -> reply instanceof LinkReply.Attached attached
                        ? attached.attachment()
                        : Attachment.refused(Refusal.CTI_UNAVAILABLE, "the link's holder said something else"))
                .otherwise(cause -> Attachment.refused(refusalOf(cause), cause.getMessage()));
    }

    /** Executes a command. Never fails. */
    public Future<Reply> execute(AgentCommand command) {
        return ask(new LinkRequest.Execute(command))
                .map(reply -> reply instanceof LinkReply.Executed executed
                        ? executed.reply()
                        : Reply.refused(Refusal.CTI_UNAVAILABLE, "the link's holder said something else"))
                .otherwise(cause -> Reply.refused(refusalOf(cause), cause.getMessage()));
    }

    /** Operates the switch's own side; fails with a message for people if no node holds the link. */
    public Future<LinkReply.Side> operateSwitch(String json) {
        return ask(new LinkRequest.OperateSwitch(json)).map(LinkReply.Side.class::cast);
    }

    /** To be called when another node holds the link, or none: what was asked of the old one is asked of the new one. */
    public void holderChanged() {
        Optional<String> now = holder.get();
        for (Asked asked : inFlight.all()) {
            if (!Optional.ofNullable(asked.address).equals(now)) {
                asked.sendAgain();
            }
        }
    }

    private static Refusal refusalOf(Throwable cause) {
        return cause instanceof Unanswered unanswered && unanswered.sent ? Refusal.TIMEOUT : Refusal.CTI_UNAVAILABLE;
    }

    private Future<LinkReply> ask(LinkRequest request) {
        if (inFlight.size() >= settings.mostInFlight()) {
            return Future.failedFuture(new Unanswered("too many requests wait for the switch: try again later", false));
        }
        Asked asked = new Asked(request);
        inFlight.begin(asked);
        asked.send();
        return asked.promise.future();
    }

    /** Nobody has answered. */
    private static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Whether somebody may have executed it all the same. */
        private final boolean sent;

        Unanswered(String message, boolean sent) {
            super(message, null, false, false);
            this.sent = sent;
        }
    }

    /** A request until it is answered. */
    private final class Asked {
        private final LinkRequest request;
        private final Promise<LinkReply> promise = Promise.promise();
        private String address;
        private long again = -1;
        private boolean maybeExecuted;
        private int turn;

        Asked(LinkRequest request) {
            this.request = request;
        }

        void send() {
            vertx.cancelTimer(again);
            unheard.end(this);
            int sent = ++turn;
            address = holder.get().orElse(null);
            if (address == null) {
                sendLater();
                return;
            }
            boolean local = address.equals(own);
            if (!local && isRepeatable()) {
                unheard.begin(this);
            }
            vertx.eventBus()
                    .<LinkReply>request(address, request, local ? here : elsewhere)
                    .onSuccess(message -> answered(sent, message))
                    .onFailure(cause -> {
                        if (sent == turn) {
                            lost(cause);
                        }
                    });
        }

        private void lost(Throwable cause) {
            if (cause instanceof ReplyException failure && failure.failureType() == ReplyFailure.NO_HANDLERS) {
                // Nobody is there, yet or any more.
                address = null;
                sendLater();
            } else {
                sendAgain();
            }
        }

        /** Returns whether to ask twice cannot do twice what was to be done once: only commands have ids. */
        private boolean isRepeatable() {
            return !(request instanceof LinkRequest.OperateSwitch);
        }

        void sendAgain() {
            maybeExecuted |= address != null;
            if (!mustNotBeDoneTwice()) {
                send();
            }
        }

        /** Gives up what cannot be asked again, since it may have been done; returns whether it has. */
        private boolean mustNotBeDoneTwice() {
            boolean hopeless = maybeExecuted && !isRepeatable();
            if (hopeless && inFlight.end(this)) {
                giveUp();
            }
            return hopeless;
        }

        private void answered(int sent, Message<LinkReply> message) {
            if (!(message.body() instanceof LinkReply.NotHolder no)) {
                // Also the late answer of an earlier holder: it has executed it then.
                complete(isOnlyRefusedNow(message.body()) ? UNKNOWN : message.body());
                if (message.body() instanceof LinkReply.Executed executed && executed.effect() != null) {
                    effects.accept(executed.effect());
                }
                return;
            }
            maybeExecuted |= no.maybeExecuted();
            if (sent == turn && !mustNotBeDoneTwice()) {
                address = null;
                sendLater();
            }
        }

        /** Returns whether the link is down, or full, for a command that may have been executed when it was asked before. */
        private boolean isOnlyRefusedNow(LinkReply reply) {
            return maybeExecuted
                    && reply instanceof LinkReply.Executed executed
                    && executed.reply().refusal() == Refusal.CTI_UNAVAILABLE;
        }

        private void sendLater() {
            unheard.end(this);
            if (inFlight.isUnderWay(this)) {
                again = vertx.setTimer(settings.retry(), timer -> send());
            }
        }

        private void complete(LinkReply reply) {
            if (inFlight.end(this)) {
                stop();
                promise.complete(reply);
            }
        }

        /** It is in flight no more. */
        void giveUp() {
            stop();
            boolean sent = maybeExecuted || address != null;
            promise.fail(new Unanswered(sent ? OUTCOME_UNKNOWN : "no node holds the link to the switch", sent));
        }

        private void stop() {
            turn++;
            unheard.end(this);
            vertx.cancelTimer(again);
        }
    }
}
