package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An agent's desktop on one node: a {@link SessionClient} that knows what calls are. */
public final class Desktop extends SessionClient implements AutoCloseable {

    private final Cluster.Node node;

    private Desktop(RawClient wire, Cluster.Node node) {
        super(wire);
        this.node = node;
    }

    /** Connects, no more. */
    public static Desktop connect(Cluster.Node node) {
        return new Desktop(RawClient.connect(node.url()), node);
    }

    /** Connects from an address of the caller's choice, 127.0.0.x. */
    public static Desktop connectFrom(Cluster.Node node, String localAddress) {
        return new Desktop(RawClient.connect(node.url(), localAddress, null), node);
    }

    /** Connects, binds the service, prepares a session and binds it; not started. */
    public static Desktop bound(Cluster.Node node, String agent) {
        Desktop desktop = connect(node);
        desktop.bindService();
        desktop.prepare(agent, false);
        desktop.bind();
        return desktop;
    }

    /** As {@link #bound}, and started: {@code session.initialized} has come. */
    public static Desktop started(Cluster.Node node, String agent) {
        Desktop desktop = bound(node, agent);
        desktop.start();
        return desktop;
    }

    /** As {@link #started}, and the telephony channel is active: it rings and dials. */
    public static Desktop active(Cluster.Node node, String agent) {
        Desktop desktop = started(node, agent);
        desktop.activate();
        return desktop;
    }

    private void activate() {
        ok("channel.activate", channel());
        until(
                "ACTIVE",
                m -> m.channel().may("channel.dial") && m.one(Mirror.Kind.GROUP).may("channelgroup.ready"));
    }

    /** As {@link #active}, and ready for queues. */
    public static Desktop ready(Cluster.Node node, String agent) {
        return readied(active(node, agent));
    }

    /** As {@link #ready}, with another processor than the usual one. */
    public static Desktop ready(Cluster.Node node, String agent, String processor) {
        Desktop desktop = connect(node);
        desktop.use(processor);
        desktop.bindService();
        desktop.prepare(agent, false);
        desktop.bind();
        desktop.start();
        desktop.activate();
        return readied(desktop);
    }

    private static Desktop readied(Desktop desktop) {
        try {
            desktop.makeReady();
            return desktop;
        } catch (AssertionError failed) {
            // Whoever stayed ready would take the next test's calls.
            desktop.close();
            throw failed;
        }
    }

    /** Sends {@code channel.ready} and waits until it is so; a call that waited may have made the channel busy since. */
    public void makeReady() {
        long last = lastSequence();
        ok("channel.ready", channel());
        wire().awaitThat(
                        agent() + " ready",
                        RawClient.SOON,
                        () -> eventsAfter(last).stream()
                                        .filter(event -> "channel.infochanged".equals(event.getString("name")))
                                        .anyMatch(event -> "ready"
                                                .equals(event.getJsonObject("data")
                                                        .getString("availability")))
                                ? true
                                : null);
    }

    /** A new desktop on that node resumes this one's session after its last event. */
    public Desktop resumeOn(Cluster.Node other) {
        return resumeOn(other, lastSequence());
    }

    /** A new desktop on that node resumes this one's session after that event; null: it names none. */
    public Desktop resumeOn(Cluster.Node other, Long last) {
        Desktop next = connect(other);
        next.succeed(this, last);
        next.bindService();
        next.bind(resource(), resumeKey(), last);
        return next;
    }

    /** Dials and waits until the far end has answered. */
    public void talkTo(String destination) {
        ok("channel.dial", channel(), new JsonObject().put("destination", destination));
        until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        settle();
    }

    /** Consults and waits until the consult is in a state. */
    public void consult(String destination, String state) {
        ok("interaction.consult", interaction(), new JsonObject().put("destination", destination));
        until("consult " + state, m -> m.consultIs(state));
        settle();
    }

    /** Waits until the primary conversation rings in, and answers. */
    public void answer() {
        until("ALERTING", m -> m.primaryIs("ALERTING"));
        ok("conversation.answer", primary());
        until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        settle();
    }

    /** The target of the telephony channel. */
    public String channel() {
        return mirror().channel().target();
    }

    /** The target of the channel group. */
    public String group() {
        return mirror().one(Mirror.Kind.GROUP).target();
    }

    /** The target of the interaction. */
    public String interaction() {
        return mirror().interaction().target();
    }

    /** The target of the primary conversation. */
    public String primary() {
        return mirror().primary().target();
    }

    /** The target of the consult conversation. */
    public String consulted() {
        return mirror().consult().target();
    }

    /** Whether the channel has no interaction and is not busy. */
    public static boolean idle(Mirror mirror) {
        return mirror.interaction() == null && !"busy".equals(mirror.channel().text("availability"));
    }

    /** Waits until the channel has no interaction and is not busy. */
    public void untilIdle() {
        until("idle", Desktop::idle);
    }

    /** The node it is connected to. */
    public Cluster.Node node() {
        return node;
    }

    /** Asks again until the answer is accepted, for what no event tells. */
    public <T> T ask(String what, Callable<T> ask, Predicate<? super T> accepted) {
        return ask(what, RawClient.SOON, ask, accepted);
    }

    /** Asks again until the answer is accepted, for what no event tells. */
    public <T> T ask(String what, Duration within, Callable<T> ask, Predicate<? super T> accepted) {
        return Await.until(what, within, ask, accepted);
    }

    /** Lets time pass, where time itself is what is tested. */
    public void sleep(long millis) {
        Await.pause(millis);
    }

    /** Lets time pass before asking, where asking too often would change the answer. */
    public <T> T sleepingly(long millis, Supplier<T> ask) {
        Await.pause(millis);
        return ask.get();
    }

    /** Members of the primary conversation by role. */
    public List<String> memberRoles() {
        return mirror().primary().members().stream()
                .map(member -> member.getString("role"))
                .sorted()
                .toList();
    }

    /** Logs out and closes, whatever state it is in. */
    @Override
    public void close() {
        try {
            if (!wire().closed() && resource() != null && mirror().ended() == null) {
                leave();
            }
        } finally {
            wire().close();
        }
    }

    private void leave() {
        Mirror now = mirror();
        if (!now.initialized()) {
            return;
        }
        if (now.channel() != null) {
            quietly("channel.notready", now.channel().target(), new JsonObject().put("reason", "break"));
        }
        now.all(Mirror.Kind.INTERACTION).stream()
                .filter(each -> each.may("interaction.reject"))
                .forEach(each -> quietly("interaction.reject", each.target(), new JsonObject()));
        now.all(Mirror.Kind.CONVERSATION)
                .forEach(each -> quietly("conversation.release", each.target(), new JsonObject()));
        now.all(Mirror.Kind.INTERACTION)
                .forEach(each -> quietly("interaction.complete", each.target(), new JsonObject()));
        quietly("session.logout", resource(), new JsonObject().put("when", "idle"));
    }

    private void quietly(String command, String target, JsonObject data) {
        try {
            wire().ask(message(nextId(), command, target, data));
        } catch (AssertionError | IllegalStateException ignored) {
            // Tidying up only.
        }
    }

    /** See {@link SessionChecks#agreement}. */
    public void check() {
        SessionChecks.agreement(this);
    }

    /** See {@link SessionChecks#blocked}. */
    public void checkBlocked() {
        SessionChecks.blocked(this);
    }

    /** See {@link SessionChecks#orderComplaints}. */
    public List<String> orderComplaints() {
        return SessionChecks.orderComplaints(this);
    }
}
