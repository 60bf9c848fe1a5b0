package io.interactionprocessor.cti;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that stand by for one link, and a third that owns sessions. */
class CtiVerticleTest {
    private static final Epoch ONE = new Epoch(1);
    private static final LinkClient.Settings PATIENT = new LinkClient.Settings(3_000, 100, 10, 3);

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, TestLease> leases = new HashMap<>();
    private final Map<String, FakeSwitch> switches = new HashMap<>();
    private final List<LinkEvent> events = new CopyOnWriteArrayList<>();
    private final List<AgentEvent> effects = new CopyOnWriteArrayList<>();
    private volatile Optional<String> holder = Optional.empty();
    private Context session;
    private LinkClient client;

    /** A lease that is granted and lost when the test says so. */
    private static final class TestLease implements LinkLease {
        private volatile Listener listener;
        private volatile Context context;
        private volatile boolean holds;
        private final AtomicInteger releases = new AtomicInteger();

        @Override
        public void compete(Listener newListener) {
            listener = newListener;
            context = Vertx.currentContext();
        }

        @Override
        public boolean held() {
            return holds;
        }

        @Override
        public Future<Void> release() {
            releases.incrementAndGet();
            holds = false;
            listener = null;
            return Future.succeededFuture();
        }

        void grant(long epoch) {
            holds = true;
            context.runOnContext(tick -> listener.granted(new Epoch(epoch)));
        }

        void lose() {
            holds = false;
            context.runOnContext(tick -> listener.lost());
        }
    }

    @BeforeEach
    void start() throws Exception {
        LinkMessages.register(vertx.eventBus());
        for (String node : List.of("a", "b")) {
            leases.put(node, new TestLease());
            switches.put(node, new FakeSwitch());
            LinkSettings settings = new LinkSettings("sim", node, "sessions", 300, 20, 150, 10, 1_000, 100);
            vertx.deployVerticle(
                            new CtiVerticle(settings, switches.get(node), leases.get(node), () -> List.of("sessions")))
                    .await(5, TimeUnit.SECONDS);
        }
        vertx.eventBus().<LinkEvent>consumer("sessions", message -> events.add(message.body()));
        session = vertx.getOrCreateContext();
        client = new LinkClient(vertx, PATIENT, "here", () -> holder, effects::add);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private <T> Future<T> later(Supplier<Future<T>> asked) {
        Promise<T> promise = Promise.promise();
        session.runOnContext(tick -> asked.get().onComplete(promise));
        return promise.future();
    }

    private <T> T call(Supplier<Future<T>> asked) throws Exception {
        return later(asked).await(5, TimeUnit.SECONDS);
    }

    private static AgentCommand command(String id, Epoch epoch) {
        return new AgentCommand("ann", epoch, id, new Command.LogOff());
    }

    private Reply execute(String id) throws Exception {
        return call(() -> client.execute(command(id, ONE)));
    }

    private Attachment attach(String agent, Epoch epoch) throws Exception {
        return call(() -> client.attach(agent, epoch, "sessions"));
    }

    private void activate(String node, long epoch) {
        leases.get(node).grant(epoch);
        holder = Optional.of(node);
        session.runOnContext(tick -> client.holderChanged());
        eventually(() -> assertThat(events)
                .filteredOn(event -> event instanceof LinkEvent.LinkUp)
                .last()
                .isEqualTo(new LinkEvent.LinkUp("sim", new Epoch(epoch))));
    }

    private List<Long> versions() {
        return events.stream()
                .filter(LinkEvent.AgentChanged.class::isInstance)
                .map(event -> ((LinkEvent.AgentChanged) event).event().view().version())
                .toList();
    }

    @Test
    void theHolderExecutesAndNobodyElse() throws Exception {
        activate("a", 7);
        assertThat(switches.get("a").leases).containsExactly(new Epoch(7));
        assertThat(execute("x").accepted()).isTrue();
        assertThat(switches.get("a").executed).containsExactly("x");
        LinkReply reply = vertx.eventBus()
                .<LinkReply>request("b", new LinkRequest.Execute(command("y", ONE)), LinkMessages.request(1_000, true))
                .await(5, TimeUnit.SECONDS)
                .body();
        assertThat(reply).isEqualTo(new LinkReply.NotHolder(false));
        assertThat(switches.get("b").executed).isEmpty();
    }

    @Test
    void whatWasAskedWhileNobodyHeldItIsDoneByTheNextHolder() throws Exception {
        Future<Reply> early = later(() -> client.execute(command("early", ONE)));
        holder = Optional.of("b");
        Future<Reply> early2 = later(() -> client.execute(command("early2", ONE)));
        activate("a", 1);
        assertThat(early.await(5, TimeUnit.SECONDS).accepted()).isTrue();
        assertThat(early2.await(5, TimeUnit.SECONDS).accepted()).isTrue();
        assertThat(switches.get("a").executed).containsExactlyInAnyOrder("early", "early2");
    }

    @Test
    void whatTheOldHolderLeftUnansweredIsAskedOfTheNewOneWithTheSameId() throws Exception {
        activate("a", 1);
        switches.get("a").losesCommands = true;
        Future<Reply> reply = later(() -> client.execute(command("same", ONE)));
        eventually(() -> assertThat(switches.get("a").executed).contains("same"));
        leases.get("a").lose();
        activate("b", 2);
        assertThat(reply.await(5, TimeUnit.SECONDS).accepted()).isTrue();
        assertThat(switches.get("b").executed).containsExactly("same");
        eventually(() -> assertThat(switches.get("a").connected).isFalse());
    }

    @Test
    void aHolderWhoseLeaseHasRunOutExecutesNothingEvenBeforeItIsTold() throws Exception {
        activate("a", 1);
        leases.get("a").holds = false;
        Future<Reply> reply = later(() -> client.execute(command("late", ONE)));
        activate("b", 2);
        assertThat(reply.await(5, TimeUnit.SECONDS).accepted()).isTrue();
        assertThat(switches.get("a").executed).isEmpty();
    }

    @Test
    void eventsGoToWhoeverAttachedLast() throws Exception {
        activate("a", 1);
        switches.get("a").change("ann");
        assertThat(attach("ann", ONE).view().version()).isEqualTo(2);
        assertThat(versions()).as("nobody had attached").isEmpty();
        switches.get("a").change("ann");
        switches.get("a").change("bob");
        switches.get("a").change("ann");
        eventually(() -> assertThat(versions()).containsExactly(3L, 5L));
        assertThat(attach("ann", new Epoch(2)).accepted()).isTrue();
        switches.get("a").change("ann");
        eventually(() -> assertThat(events)
                .last()
                .satisfies(event ->
                        assertThat(((LinkEvent.AgentChanged) event).epoch()).isEqualTo(new Epoch(2))));
        assertThat(attach("ann", ONE).refusal()).isEqualTo(Refusal.STALE_EPOCH);
    }

    @Test
    void whatACommandHasDoneComesWithItsReply() throws Exception {
        activate("a", 1);
        attach("ann", ONE);
        switches.get("a").tells = FakeSwitch.Telling.WITH_THE_REPLY;

        assertThat(execute("x")).isEqualTo(Reply.accepted(2));

        eventually(() -> assertThat(effects)
                .extracting(AgentEvent::commandId, event -> event.view().version())
                .containsExactly(tuple("x", 2L)));
        assertThat(versions()).as("told once").isEmpty();
        assertThat(execute("y")).isEqualTo(Reply.accepted(3));
        eventually(() -> assertThat(effects).hasSize(2));
    }

    @Test
    void whatACommandHasDoneGoesToTheOwnerAlthoughAnotherHasAskedForIt() throws Exception {
        activate("a", 1);
        attach("ann", ONE);
        switches.get("a").tells = FakeSwitch.Telling.WITH_THE_REPLY;

        // a newer owner that has not attached yet
        assertThat(call(() -> client.execute(command("x", new Epoch(2))))).isEqualTo(Reply.accepted(2));

        eventually(() -> assertThat(versions()).containsExactly(2L));
        assertThat(effects).isEmpty();
    }

    @Test
    void whatACommandHasDoneLaterComesByItself() throws Exception {
        activate("a", 1);
        attach("ann", ONE);
        switches.get("a").tells = FakeSwitch.Telling.AFTER_THE_REPLY;

        assertThat(execute("x")).isEqualTo(Reply.accepted(2));

        eventually(() -> assertThat(versions()).containsExactly(2L));
        assertThat(effects).isEmpty();
    }

    @Test
    void aCommandAskedForTwiceIsAnsweredTwiceAndItsEffectToldOnce() throws Exception {
        activate("a", 1);
        attach("ann", ONE);
        switches.get("a").tells = FakeSwitch.Telling.WITH_THE_REPLY;

        Future<Reply> first = later(() -> client.execute(command("x", ONE)));
        Future<Reply> second = later(() -> client.execute(command("x", ONE)));

        assertThat(first.await(5, TimeUnit.SECONDS)).isEqualTo(Reply.accepted(2));
        assertThat(second.await(5, TimeUnit.SECONDS).accepted()).isTrue();
        eventually(() -> assertThat(effects).hasSameSizeAs(switches.get("a").executed));
        assertThat(effects).extracting(event -> event.view().version()).doesNotHaveDuplicates();
        assertThat(versions()).as("told by itself too").isEmpty();
    }

    @Test
    void anOlderEpochNeverReachesTheConnector() throws Exception {
        activate("a", 1);
        assertThat(call(() -> client.execute(command("new", new Epoch(3)))).accepted())
                .isTrue();
        assertThat(call(() -> client.execute(command("old", new Epoch(2)))).refusal())
                .isEqualTo(Refusal.STALE_EPOCH);
        assertThat(switches.get("a").executed).containsExactly("new");
    }

    @Test
    void whatTheSwitchCannotIsNotAskedOfIt() throws Exception {
        activate("a", 1);
        AgentCommand tones = new AgentCommand("ann", ONE, "t", new Command.SendDtmf("leg", "1"));
        assertThat(call(() -> client.execute(tones)).refusal()).isEqualTo(Refusal.NOT_SUPPORTED);
        assertThat(switches.get("a").executed).isEmpty();
    }

    @Test
    void aCutLinkIsToldAndRefusedAtOnceAndTheViewsFollowWhenItIsMended() throws Exception {
        activate("a", 4);
        attach("ann", ONE);
        switches.get("a").link(false);
        eventually(() -> assertThat(events).last().isEqualTo(new LinkEvent.LinkDown("sim", new Epoch(4), "cut")));
        assertThat(execute("x").refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(attach("ann", ONE).refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(switches.get("a").executed).isEmpty();
        switches.get("a").version.set(50);
        switches.get("a").link(true);
        eventually(() -> assertThat(events).last().isEqualTo(new LinkEvent.LinkUp("sim", new Epoch(4))));
        assertThat(versions()).as("what was missed").containsExactly(50L);
        assertThat(execute("y").accepted()).isTrue();
    }

    @Test
    void aCommandThatTheSwitchDoesNotAnswerHasAnUnknownOutcome() throws Exception {
        activate("a", 1);
        switches.get("a").silent = true;
        assertThat(execute("x").refusal()).isEqualTo(Refusal.TIMEOUT);
    }

    @Test
    void aSwitchThatDoesNotAnswerIsDownUntilItDoes() {
        activate("a", 1);
        switches.get("a").silent = true;
        eventually(() -> assertThat(events).last().isInstanceOf(LinkEvent.LinkDown.class));
        switches.get("a").silent = false;
        // The ping that was never answered stays so; the next one is.
        eventually(() -> assertThat(events).last().isInstanceOf(LinkEvent.LinkUp.class));
    }

    @Test
    void aNodeThatCannotConnectSaysSoThenLetsAnotherTry() throws Exception {
        switches.get("a").connectFailures.set(100);
        leases.get("a").grant(1);
        holder = Optional.of("a");
        eventually(() -> assertThat(events).last().isInstanceOf(LinkEvent.LinkDown.class));
        eventually(() -> assertThat(leases.get("a").releases).hasValue(1));
        activate("b", 2);
        assertThat(execute("x").accepted()).isTrue();
        eventually(() -> assertThat(leases.get("a").listener)
                .as("it wants the lease again")
                .isNotNull());
    }

    @Test
    void aLinkThatStaysDownIsPassedOn() throws Exception {
        activate("a", 1);
        switches.get("a").link(false);
        eventually(() -> assertThat(events).last().isInstanceOf(LinkEvent.LinkDown.class));
        assertThat(leases.get("a").releases).as("not at once").hasValue(0);
        eventually(() -> assertThat(leases.get("a").releases).hasValue(1));
        activate("b", 2);
        assertThat(execute("x").accepted()).isTrue();
        assertThat(leases.get("a").releases).hasValue(1);
    }

    /** Who took the link over is given a moment; a switch that does not answer then is down, and nobody waits for it. */
    @Test
    void aConnectionThatDoesNotComeAboutIsNotWaitedFor() throws Exception {
        switches.get("a").connecting = Promise.<Void>promise().future();
        leases.get("a").grant(1);
        holder = Optional.of("a");
        eventually(() -> assertThat(switches.get("a").leases).isNotEmpty());
        Reply reply = execute("x");
        assertThat(reply.refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(reply.message()).contains("the link to the switch is down");
        assertThat(switches.get("a").executed).isEmpty();
    }

    @Test
    void theNextHolderWaitsUntilThisOneHasLeft() throws Exception {
        Promise<Void> left = Promise.promise();
        Future<Void> stopped = leave(left.future());
        eventually(() -> assertThat(switches.get("c").connected).isFalse());
        assertThat(leases.get("c").releases).hasValue(0);
        left.complete();
        stopped.await(5, TimeUnit.SECONDS);
        assertThat(leases.get("c").releases).hasValue(1);
    }

    @Test
    void aConnectorThatDoesNotLeaveHoldsNobodyUp() throws Exception {
        leave(Promise.<Void>promise().future()).await(5, TimeUnit.SECONDS);
        assertThat(leases.get("c").releases).hasValue(1);
    }

    /** A third node holds the link and stops. */
    private Future<Void> leave(Future<Void> leaving) throws Exception {
        TestLease lease = new TestLease();
        FakeSwitch pbx = new FakeSwitch();
        pbx.leaving = leaving;
        leases.put("c", lease);
        switches.put("c", pbx);
        LinkSettings settings = new LinkSettings("sim", "c", "sessions", 300, 20, 150, 10, 1_000, 100);
        String id = vertx.deployVerticle(new CtiVerticle(settings, pbx, lease, List::of))
                .await(5, TimeUnit.SECONDS);
        lease.grant(1);
        eventually(() -> assertThat(pbx.connected).isTrue());
        return vertx.undeploy(id);
    }

    @Test
    void withoutAHolderTheAnswerComesAtTheDeadline() throws Exception {
        LinkClient hasty =
                new LinkClient(vertx, new LinkClient.Settings(50, 1_000, 10, 2), "here", () -> holder, effects::add);
        assertThat(call(() -> hasty.execute(command("x", ONE))).refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(call(() -> hasty.attach("ann", ONE, "sessions")).refusal()).isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(later(() -> hasty.operateSwitch("{}")
                                .recover(no -> Future.succeededFuture(new LinkReply.Side(0, no.getMessage()))))
                        .await(5, TimeUnit.SECONDS)
                        .json())
                .contains("no node holds the link");
    }

    @Test
    void whatGotLostBetweenTheNodesIsAskedAgain() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        vertx.eventBus().<LinkRequest>consumer("lossy", message -> {
            if (heard.incrementAndGet() > 1) {
                message.reply(new LinkReply.Executed(Reply.ACCEPTED), LinkMessages.reply());
            }
        });
        holder = Optional.of("lossy");
        assertThat(execute("x").accepted()).isTrue();
        assertThat(heard).hasValue(2);
    }

    @Test
    void whatGotLostAndIsRefusedWhenItIsAskedAgainMayHaveBeenExecuted() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        vertx.eventBus().<LinkRequest>consumer("lossy", message -> {
            if (heard.incrementAndGet() > 1) {
                Reply down = Reply.refused(Refusal.CTI_UNAVAILABLE, "the link to the switch is down: cut");
                message.reply(new LinkReply.Executed(down), LinkMessages.reply());
            }
        });
        holder = Optional.of("lossy");
        assertThat(execute("x").refusal()).as("asked twice").isEqualTo(Refusal.TIMEOUT);
        assertThat(execute("y").refusal()).as("asked once").isEqualTo(Refusal.CTI_UNAVAILABLE);
        assertThat(heard).hasValue(3);
    }

    @Test
    void whatTheSwitchIsStillExecutingIsNotExecutedAgain() throws Exception {
        activate("a", 1);
        switches.get("a").silent = true;
        assertThat(execute("x").refusal()).isEqualTo(Refusal.TIMEOUT);
        assertThat(switches.get("a").executed)
                .as("asked three times within the 300 ms that a command has")
                .containsExactly("x");
    }

    @Test
    void aHolderThatDoesNotAnswerLeavesTheOutcomeUnknown() throws Exception {
        vertx.eventBus().consumer("deaf", message -> {});
        holder = Optional.of("deaf");
        LinkClient hasty =
                new LinkClient(vertx, new LinkClient.Settings(50, 1_000, 10, 2), "here", () -> holder, effects::add);
        assertThat(call(() -> hasty.execute(command("x", ONE))).refusal()).isEqualTo(Refusal.TIMEOUT);
    }

    @Test
    void whatWasLeftUnansweredByTheLastHolderThereWasHasAnUnknownOutcome() throws Exception {
        vertx.eventBus().consumer("deaf", message -> {});
        holder = Optional.of("deaf");
        LinkClient hasty =
                new LinkClient(vertx, new LinkClient.Settings(200, 1_000, 10, 2), "here", () -> holder, effects::add);
        Future<Reply> command = later(() -> hasty.execute(command("x", ONE)));
        Future<LinkReply.Side> side = later(() -> hasty.operateSwitch("{}"));
        session.runOnContext(tick -> {
            holder = Optional.empty();
            hasty.holderChanged();
        });
        assertThat(command.await(5, TimeUnit.SECONDS).refusal()).isEqualTo(Refusal.TIMEOUT);
        eventually(() ->
                assertThat(side.failed()).as("not asked twice: it has no id").isTrue());
    }

    @Test
    void inFlightIsBounded() throws Exception {
        List<Future<Reply>> waiting = List.of(
                later(() -> client.execute(command("1", ONE))),
                later(() -> client.execute(command("2", ONE))),
                later(() -> client.execute(command("3", ONE))));
        assertThat(execute("4").message()).contains("too many");
        activate("a", 1);
        for (Future<Reply> reply : waiting) {
            assertThat(reply.await(5, TimeUnit.SECONDS).accepted()).isTrue();
        }
    }
}
