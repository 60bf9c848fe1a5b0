package io.interactionprocessor.client;

import static io.interactionprocessor.client.ScriptedServer.node;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class DesktopClientTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private ScriptedServer first;
    private ScriptedServer second;
    private DesktopClient client;

    @BeforeEach
    void twoNodes(Vertx given) {
        vertx = given;
        first = new ScriptedServer(vertx);
        second = new ScriptedServer(vertx);
        for (ScriptedServer each : List.of(first, second)) {
            each.nodes(node(first.url(), 1, true), node(second.url(), 2, true));
        }
    }

    @AfterEach
    void leave() {
        if (client != null) {
            client.close().await();
        }
    }

    private ClientOptions options() {
        return ClientOptions.of(List.of(first.url()), "sim", "1001", Secret.of("demo"))
                .delays(Duration.ofMillis(5), Duration.ofMillis(20));
    }

    private DesktopClient loggedIn(ClientOptions options) {
        client = make(options);
        client.login(false, null).await();
        return client;
    }

    private DesktopClient make(ClientOptions options) {
        return new DesktopClient(vertx, DesktopClient.sockets(vertx), options, new ClientListener() {
            @Override
            public void event(JsonObject event) {
                told.add("event " + event.getLong("sequence"));
            }

            @Override
            public void serviceEvent(JsonObject message) {
                told.add(message.getJsonObject("event").getString("eventType"));
            }

            @Override
            public void disorder(String what) {
                told.add(what);
            }

            @Override
            public void strange(String what) {
                told.add("strange " + what);
            }

            @Override
            public void disconnected(String url, int code, String reason) {
                told.add("disconnected " + code);
            }

            @Override
            public void resumed(String url, boolean resumed) {
                told.add("resumed " + resumed);
            }

            @Override
            public void ended(String why) {
                told.add("ended: " + why);
            }
        });
    }

    @Test
    void logsInAsTheProtocolSays() {
        loggedIn(options());

        assertThat(first.received("bindService").get(0).getString("serviceId")).isEqualTo("sim");
        JsonObject prepare = first.received("prepareSession").get(0);
        assertThat(prepare.getJsonObject("request").getJsonObject("data"))
                .isEqualTo(new JsonObject()
                        .put("override", false)
                        .put("agent", new JsonObject().put("id", "1001").put("password", "demo")));
        assertThat(first.received("bindResource").get(0).getString("resourceId"))
                .isEqualTo("R");
        JsonObject start = first.received("session.start").get(0);
        assertThat(start.getString("messageType")).isEqualTo("resourceRequest");
        assertThat(start.getJsonObject("request").getString("target")).isEqualTo("R");
        assertThat(client.url()).isEqualTo(first.url());
    }

    @Test
    void goesToTheLeastLoadedNodeThatAcceptsClients() {
        ScriptedServer full = new ScriptedServer(vertx);
        first.nodes(node(first.url(), 5, true), node(second.url(), 2, true), node(full.url(), 0, false));

        loggedIn(options());

        assertThat(client.url()).isEqualTo(second.url());
        assertThat(second.received("prepareSession")).hasSize(1);
        eventually(() -> assertThat(first.connections()).isZero());
    }

    @Test
    void staysWhenToldTo() {
        first.nodes(node(first.url(), 5, true), node(second.url(), 2, true));
        loggedIn(options().staying());
        assertThat(client.url()).isEqualTo(first.url());
    }

    @Test
    void triesTheNextNodeWhenTheFirstIsNotThere() {
        first.stop();
        ClientOptions both = ClientOptions.of(List.of(first.url(), second.url()), "sim", "1001", Secret.of("demo"));
        loggedIn(both.staying());
        assertThat(client.url()).isEqualTo(second.url());
    }

    @Test
    void failsWhenNoNodeIsThere() {
        first.stop();
        client = make(options());
        Future<JsonObject> login = client.login(false, null);
        assertThatThrownBy(login::await).isNotNull();
    }

    @Test
    void refusalsAndErrorsAreToldByTheirCodes() {
        first.script((socket, message) -> {
            String command = message.getJsonObject("request", message).getString("command");
            JsonObject answer = switch (command) {
                case "channel.ready" ->
                    new JsonObject()
                            .put("messageType", "resourceResponse")
                            .put(
                                    "response",
                                    new JsonObject()
                                            .put("result", "failure")
                                            .put("failure", new JsonObject().put("code", "channelInactive")));
                case "channel.dial" -> ScriptedServer.error("unknownResource");
                default -> null;
            };
            if (answer == null) {
                return false;
            }
            socket.writeTextMessage(
                    answer.put("requestId", message.getString("requestId")).encode());
            return true;
        });
        loggedIn(options());

        JsonObject refused = client.request("channel.ready", "R.g1.c1", null).await();
        assertThat(refused.getString("result")).isEqualTo("failure");
        assertThatThrownBy(() -> client.call("channel.ready", "R.g1.c1", null).await())
                .isInstanceOfSatisfying(
                        RequestFailed.class, failed -> assertThat(failed.code()).isEqualTo("channelInactive"));
        assertThatThrownBy(() -> client.request("channel.dial", "R.g1.c1", new JsonObject())
                        .await())
                .isInstanceOfSatisfying(
                        RequestFailed.class, failed -> assertThat(failed.code()).isEqualTo("unknownResource"));
    }

    @Test
    void takesEventsInOrderEachOnce() {
        loggedIn(options());
        first.event(1, "session.initialized", new JsonObject());
        first.event(2, "x", new JsonObject());
        first.event(2, "x", new JsonObject());
        first.event(5, "x", new JsonObject());
        first.event(4, "x", new JsonObject());
        first.event(6, "x", new JsonObject());

        eventually(() -> assertThat(told)
                .containsExactly(
                        "event 1",
                        "event 2",
                        "repeat: x has sequence 2 after 2",
                        "gap: 2 missing before x with sequence 5",
                        "event 5",
                        "repeat: x has sequence 4 after 5",
                        "event 6"));
        assertThat(client.lastSequence()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1012, 1013, 1001, 1008})
    void comesBackToAnotherNodeAfterAClose(int code) {
        loggedIn(options());
        first.event(1, "session.initialized", new JsonObject());
        eventually(() -> assertThat(client.lastSequence()).isEqualTo(1));

        first.close(code, "draining");

        eventually(() -> assertThat(told).contains("disconnected " + code, "resumed true"));
        assertThat(client.url()).isEqualTo(second.url());
        assertThat(second.received("bindResource").get(0).getJsonObject("data"))
                .isEqualTo(new JsonObject().put("resumeKey", "key").put("lastSequence", 1));
        second.event(2, "x", new JsonObject());
        eventually(() -> assertThat(told).endsWith("event 2"));
        assertThat(told).noneMatch(line -> line.startsWith("gap") || line.startsWith("repeat"));
    }

    @Test
    void comesBackToTheSameNodeWhenThereIsNoOther() {
        first.nodes(node(first.url(), 1, true));
        loggedIn(options());

        first.cut();

        eventually(() -> assertThat(told).contains("disconnected 1006", "resumed true"));
        assertThat(first.received("bindResource")).hasSize(2);
    }

    @Test
    void learnsOtherNodesFromTheReasonOfTheClose() {
        first.nodes(node(first.url(), 1, true));
        loggedIn(options());

        first.close(1012, "draining; go to " + second.url() + ", soon");

        eventually(() -> assertThat(told).contains("resumed true"));
        assertThat(client.url()).isEqualTo(second.url());
    }

    @Test
    void sometimeAfterALossItMovesToANodeWithClearlyFewerClients() {
        ScriptedServer third = new ScriptedServer(vertx);
        losesFirst(third, 40, 0);

        eventually(() -> assertThat(told)
                .containsExactly(
                        "disconnected 1006", "resumed true", "disconnected " + DesktopClient.MOVED, "resumed true"));
        assertThat(client.url()).isEqualTo(third.url());
        eventually(() -> assertThat(second.connections()).isZero());
        JsonObject resume = third.received("bindResource").get(0).getJsonObject("data");
        assertThat(resume.getString("resumeKey")).isNotBlank();
        client.call("channel.ready", "R.g1.c1", null).await();
        assertThat(third.received("channel.ready")).hasSize(1);
    }

    @Test
    void itMovesNowhereIfTheOthersHaveNotClearlyFewer() {
        ScriptedServer third = new ScriptedServer(vertx);
        losesFirst(third, 40, 35);

        eventually(() -> assertThat(second.received("getServices")).hasSize(6));
        assertThat(told).containsExactly("disconnected 1006", "resumed true");
        assertThat(client.url()).isEqualTo(second.url());
    }

    @Test
    void itStaysWhereItIsIfTheNodeWithFewerClientsCannotBeReached() {
        ScriptedServer third = new ScriptedServer(vertx);
        third.stop();
        losesFirst(third, 40, 0);

        eventually(() -> assertThat(second.received("getServices")).hasSize(6));
        client.call("channel.ready", "R.g1.c1", null).await();
        assertThat(told).containsExactly("disconnected 1006", "resumed true");
    }

    @Test
    void itComesBackIfTheNodeWithFewerClientsDoesNotTakeTheSession() {
        ScriptedServer third = new ScriptedServer(vertx);
        third.script((socket, message) -> {
            boolean binds = "bindResource".equals(message.getString("command"));
            if (binds) {
                socket.close((short) 1011, "");
            }
            return binds;
        });
        losesFirst(third, 40, 0);

        eventually(() -> assertThat(told)
                .containsExactly(
                        "disconnected 1006",
                        "resumed true",
                        "disconnected " + DesktopClient.MOVED,
                        "disconnected 1011",
                        "resumed true"));
        client.call("channel.ready", "R.g1.c1", null).await();
        assertThat(client.url()).isEqualTo(second.url());
    }

    /** It has spread its clients itself, and nobody should have to move twice. */
    @Test
    void whoIsSentElsewhereByANodeStaysThere() {
        loggedIn(options().looking(Duration.ofMillis(20)));
        second.nodes(node(second.url(), 40, true), node("ws://127.0.0.1:1/ws", 0, true));
        first.close(1012, "the node shuts down: " + second.url());
        eventually(() -> assertThat(told).contains("resumed true"));

        vertx.timer(500).await();
        assertThat(second.received("getServices")).isEmpty();
        assertThat(client.url()).isEqualTo(second.url());
    }

    /** Of the third node the client hears only after it has lost the first and come back to the second. */
    private void losesFirst(ScriptedServer third, int onSecond, int onThird) {
        loggedIn(options().looking(Duration.ofMillis(10)));
        second.nodes(node(second.url(), onSecond, true), node(third.url(), onThird, true));
        first.stop();
    }

    @Test
    void repeatsWhatHasNoAnswerWithTheSameIdAndInTheSameOrder() {
        first.script((socket, message) -> message.getString("messageType").equals("resourceRequest")
                && !message.getJsonObject("request").getString("command").equals("session.start"));
        loggedIn(options());
        List<Future<JsonObject>> unanswered = List.of(
                client.call("channel.ready", "R.g1.c1", null),
                client.call("channel.dial", "R.g1.c1", new JsonObject().put("destination", "5550101")));
        eventually(() -> assertThat(first.received("channel.dial")).hasSize(1));

        first.cut();

        Future.all(unanswered).await();
        assertThat(second.received("channel.ready")).isEqualTo(first.received("channel.ready"));
        assertThat(second.received("channel.dial")).isEqualTo(first.received("channel.dial"));
        assertThat(second.received("channel.ready").get(0).getString("requestId"))
                .isNotEqualTo(second.received("channel.dial").get(0).getString("requestId"));
        assertThat(second.received("session.start")).isEmpty();
    }

    @Test
    void aRequestMadeMeanwhileIsSentAfterTheResume() {
        first.nodes(node(first.url(), 1, true));
        loggedIn(options().delays(Duration.ofMillis(300), Duration.ofMillis(300)));
        first.cut();
        eventually(() -> assertThat(told).contains("disconnected 1006"));

        client.call("channel.ready", "R.g1.c1", null).await();

        assertThat(first.received("channel.ready")).hasSize(1);
        assertThat(told).contains("resumed true");
    }

    @Test
    void whoHasBoundNothingIsToldThatTheConnectionIsLost() {
        first.script((socket, message) -> message.getString("messageType").equals("resourceRequest"));
        client = make(options());
        client.connectTo(first.url()).await();
        client.prepareSession(false).await();
        Future<JsonObject> open = client.call("session.snapshot", "R", null);
        eventually(() -> assertThat(first.received("session.snapshot")).hasSize(1));

        first.close(1012, "");

        assertThatThrownBy(open::await)
                .isInstanceOfSatisfying(
                        RequestFailed.class, failed -> assertThat(failed.code()).isEqualTo("connectionLost"));
        assertThatThrownBy(() -> client.call("session.snapshot", "R", null).await())
                .isInstanceOfSatisfying(
                        RequestFailed.class, failed -> assertThat(failed.code()).isEqualTo("connectionLost"));
    }

    @ParameterizedTest
    @ValueSource(ints = {4001, 4002, 4003})
    void staysAwayWhenToldTo(int code) {
        first.script((socket, message) -> message.getString("messageType").equals("resourceRequest")
                && message.getJsonObject("request").getString("command").equals("channel.ready"));
        loggedIn(options());
        Future<JsonObject> open = client.call("channel.ready", "R.g1.c1", null);

        first.close(code, "");

        assertThatThrownBy(open::await)
                .isInstanceOfSatisfying(
                        RequestFailed.class, failed -> assertThat(failed.code()).isEqualTo("ended"));
        eventually(() -> assertThat(told).anyMatch(line -> line.startsWith("ended: ")));
        assertThat(told).contains("disconnected " + code);
        assertThatThrownBy(() -> client.call("x", "R", null).await()).isInstanceOf(RequestFailed.class);
        staysAway();
    }

    /** Ten times the longest wait between two attempts. */
    private void staysAway() {
        Future<Void> longEnough =
                vertx.timer(200, java.util.concurrent.TimeUnit.MILLISECONDS).mapEmpty();
        longEnough.await();
        assertThat(first.received("bindResource")).hasSize(1);
        assertThat(second.received("bindResource")).isEmpty();
    }

    @Test
    void theSessionsEndIsTheEnd() {
        loggedIn(options());
        first.event(1, "session.ended", new JsonObject().put("reason", "overridden"));
        first.close(1012, "");
        eventually(() ->
                assertThat(told).containsExactly("event 1", "ended: session.ended, overridden", "disconnected 1012"));
        staysAway();
    }

    @Test
    void aSessionThatIsGoneIsNotAskedForAgain() {
        loggedIn(options());
        second.core((command, message) ->
                command.equals("bindResource") ? ScriptedServer.failure(command, "unknownResource") : null);
        first.close(1012, "");

        eventually(() -> assertThat(told).contains("ended: the session is gone: unknownResource: because"));
        assertThat(second.received("bindResource")).hasSize(1);
    }

    @Test
    void aNodeThatCannotIsLeftForAnother() {
        AtomicInteger refusals = new AtomicInteger();
        loggedIn(options());
        second.core((command, message) -> command.equals("bindResource") && refusals.incrementAndGet() <= 3
                ? ScriptedServer.failure(command, "noQuorum")
                : null);
        first.stop();

        eventually(() -> assertThat(told).contains("resumed true"));
        assertThat(second.received("bindResource")).hasSize(4);
    }

    @Test
    void afterAResumeThatWasRefusedComesASnapshot() {
        loggedIn(options());
        second.core((command, message) -> command.equals("bindResource") ? ScriptedServer.bound(false) : null);
        first.event(1, "session.initialized", new JsonObject());
        first.close(1012, "");
        eventually(() -> assertThat(told).contains("resumed false"));

        second.event(4711, "session.snapshot", new JsonObject());
        second.event(4712, "x", new JsonObject());

        eventually(() -> assertThat(told).endsWith("event 4711", "event 4712"));
        assertThat(told).noneMatch(line -> line.startsWith("gap"));
    }

    @Test
    void withoutTheSnapshotItComplains() {
        loggedIn(options());
        second.core((command, message) -> command.equals("bindResource") ? ScriptedServer.bound(false) : null);
        first.close(1012, "");
        eventually(() -> assertThat(told).contains("resumed false"));
        second.event(3, "x", new JsonObject());
        eventually(() -> assertThat(told).contains("no snapshot: x came first after a resume that was refused"));
    }

    @Test
    void aNodeThatAnswersNothingIsLeft() {
        first.script((socket, message) -> message.getString("messageType").equals("resourceRequest")
                && message.getJsonObject("request").getString("command").equals("channel.ready"));
        loggedIn(options().patience(Duration.ofMillis(500), Duration.ofSeconds(45), Duration.ofSeconds(20)));

        client.call("channel.ready", "R.g1.c1", null).await();

        assertThat(client.url()).isEqualTo(second.url());
        assertThat(told).contains("disconnected 1006");
    }

    /** While the new binding is under way, which tells it again. */
    @Test
    void whatComesOverAConnectionThatWasGivenUpIsNotHeard() {
        first.script((socket, message) -> message.getString("messageType").equals("resourceRequest")
                && message.getJsonObject("request").getString("command").equals("channel.ready"));
        second.script((socket, message) -> {
            boolean binds = "bindResource".equals(message.getString("command"));
            if (binds) {
                first.arrives().onComplete(heard -> bind(second, socket, message));
            }
            return binds;
        });
        loggedIn(options().patience(Duration.ofMillis(500), Duration.ofSeconds(45), Duration.ofSeconds(20)));
        first.isSlow();
        first.event(1, "session.initialized", new JsonObject());

        client.call("channel.ready", "R.g1.c1", null).await();
        second.event(2, "x", new JsonObject());

        eventually(() -> assertThat(told).endsWith("event 2"));
        assertThat(told).containsExactly("disconnected 1006", "resumed true", "event 1", "event 2");
    }

    /** It would pass for the answer to the attempt that is under way then. */
    @Test
    void anAttemptToComeBackThatWasGivenUpDoesNotComeAboutLater() {
        loggedIn(options().patience(Duration.ofMillis(500), Duration.ofSeconds(45), Duration.ofSeconds(20)));
        second.script((socket, message) -> {
            boolean binds = "bindResource".equals(message.getString("command"));
            if (binds) {
                second.isSlow();
                bind(second, socket, message);
            }
            return binds;
        });
        first.script((socket, message) -> {
            boolean binds = "bindResource".equals(message.getString("command"));
            if (binds) {
                second.arrives().onComplete(heard -> bind(first, socket, message));
            }
            return binds;
        });
        first.close(1012, "");
        eventually(() -> assertThat(told).contains("disconnected 1012"));

        client.call("channel.ready", "R.g1.c1", null).await();
        first.event(2, "x", new JsonObject());

        eventually(() -> assertThat(told).endsWith("event 2"));
        assertThat(told).containsExactly("disconnected 1012", "resumed true", "event 1", "event 2");
        assertThat(first.received("channel.ready")).hasSize(1);
        assertThat(second.received("channel.ready")).isEmpty();
    }

    private static void bind(ScriptedServer server, ServerWebSocket socket, JsonObject message) {
        socket.writeTextMessage(ScriptedServer.bound(true)
                .put("requestId", message.getString("requestId"))
                .encode());
        server.event(1, "session.initialized", new JsonObject());
    }

    /** As nodes are when all clients of another one come to them at once. */
    @Test
    void whereEverythingTakesLongItWaitsLongerEachTime() {
        loggedIn(options().patience(Duration.ofMillis(200), Duration.ofSeconds(45), Duration.ofSeconds(20)));
        for (ScriptedServer each : List.of(first, second)) {
            each.script((socket, message) -> {
                boolean binds = "bindResource".equals(message.getString("command"));
                if (binds) {
                    vertx.setTimer(500, late -> bind(each, socket, message));
                }
                return binds;
            });
        }
        first.close(1012, "");

        eventually(() -> assertThat(told).contains("resumed true"));
    }

    @Test
    void givesUpSometime() {
        loggedIn(options().patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100)));
        first.stop();
        second.stop();
        eventually(() -> assertThat(told).contains("ended: no node took the session back"));
    }

    @Test
    void whatMakesNoSenseIsTold() {
        loggedIn(options());
        first.send(new JsonObject().put("messageType", "resourceResponse").put("requestId", "nobody's"));
        first.send(new JsonObject().put("messageType", "coreError"));
        eventually(() -> assertThat(told).hasSize(2).allMatch(line -> line.startsWith("strange ")));
    }

    @Test
    void serviceEventsAreTold() {
        loggedIn(options());
        first.send(new JsonObject()
                .put("messageType", "serviceEvent")
                .put("event", new JsonObject().put("eventType", "serviceStatusChanged")));
        eventually(() -> assertThat(told).containsExactly("serviceStatusChanged"));
    }
}
