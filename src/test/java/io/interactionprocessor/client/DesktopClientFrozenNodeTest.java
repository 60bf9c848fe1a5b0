package io.interactionprocessor.client;

import static io.interactionprocessor.client.ScriptedServer.node;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that freezes, or whose network breaks, after the handshake: it closes nothing, and its answers do not come. */
@ExtendWith(VertxExtension.class)
class DesktopClientFrozenNodeTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final long SOON_S = 8;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<DesktopClient> clients = new ArrayList<>();
    private Vertx vertx;
    private ScriptedServer first;
    private ScriptedServer second;

    @BeforeEach
    void twoNodes(Vertx given) {
        vertx = given;
        first = new ScriptedServer(vertx);
        second = new ScriptedServer(vertx);
    }

    @AfterEach
    void leave() {
        clients.forEach(client -> client.close().await());
    }

    private DesktopClient client(ScriptedServer... nodes) {
        ClientOptions options = ClientOptions.of(
                        Stream.of(nodes).map(ScriptedServer::url).toList(), "sim", "1001", Secret.of("demo"))
                .delays(Duration.ofMillis(5), Duration.ofMillis(20))
                .patience(PATIENCE, Duration.ofSeconds(45), Duration.ofSeconds(20));
        DesktopClient client = new DesktopClient(vertx, DesktopClient.sockets(vertx), options, new ClientListener() {
            @Override
            public void disconnected(String url, int code, String reason) {
                told.add("disconnected " + code + ' ' + reason);
            }

            @Override
            public void resumed(String url, boolean resumed) {
                told.add("resumed " + resumed);
            }
        });
        clients.add(client);
        return client;
    }

    private static void hasNoAnswer(Future<?> asked) {
        assertThatThrownBy(() -> asked.await(SOON_S, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        RequestFailed.class, failed -> assertThat(failed.code()).isEqualTo("noAnswer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"getServices", "bindService", "prepareSession", "bindResource"})
    void aLoginFailsWhenThereIsNoOther(String command) {
        first.swallows(command);
        DesktopClient client = client(first);

        hasNoAnswer(client.login(false, null));

        assertThat(first.received(command)).hasSize(1);
        assertThat(client.url()).isNull();
        eventually(() -> assertThat(first.connections()).isZero());
    }

    /** Which one a client tries first is chance: of so many some try each. */
    @ParameterizedTest
    @ValueSource(strings = {"getServices", "bindService"})
    void aLoginGoesOnToTheNext(String command) throws Exception {
        first.swallows(command);
        List<Future<JsonObject>> logins = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            logins.add(client(first, second).login(false, null));
        }

        Future.all(logins).await(SOON_S, TimeUnit.SECONDS);

        assertThat(first.received(command)).isNotEmpty();
        assertThat(clients).allSatisfy(client -> assertThat(client.url()).isEqualTo(second.url()));
        eventually(() -> assertThat(first.connections()).isZero());
    }

    @Test
    void aLoginStaysWhereItIsWhenTheLeastLoadedOneDoesNotAnswer() throws Exception {
        first.nodes(node(first.url(), 5, true), node(second.url(), 2, true));
        second.swallows("bindService");
        DesktopClient client = client(first);

        client.login(false, null).await(SOON_S, TimeUnit.SECONDS);

        assertThat(client.url()).isEqualTo(first.url());
        assertThat(second.received("bindService")).hasSize(1);
        eventually(() -> assertThat(second.connections()).isZero());
    }

    @Test
    void whoHasASessionComesBackToAnother() throws Exception {
        DesktopClient client = client(first, second);
        client.connectTo(first.url()).await();
        client.prepareSession(false).await();
        client.bind().await();
        first.swallows("ping");

        hasNoAnswer(client.core("ping", new JsonObject()));

        eventually(() -> assertThat(told).containsExactly("disconnected 1006 no answer", "resumed true"));
        assertThat(client.url()).isEqualTo(second.url());
    }
}
