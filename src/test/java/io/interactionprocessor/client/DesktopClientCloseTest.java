package io.interactionprocessor.client;

import static io.interactionprocessor.client.ScriptedServer.node;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that is closed while it is on its way to a node: it does not arrive later, when nobody can close it any more. */
@ExtendWith(VertxExtension.class)
class DesktopClientCloseTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private ScriptedServer first;
    private ScriptedServer second;

    @BeforeEach
    void twoNodes(Vertx given) {
        vertx = given;
        first = new ScriptedServer(vertx);
        second = new ScriptedServer(vertx);
        first.nodes(node(first.url(), 1, true), node(second.url(), 2, true));
    }

    private DesktopClient client() {
        ClientOptions options = ClientOptions.of(List.of(first.url()), "sim", "1001", Secret.of("demo"))
                .delays(Duration.ofMillis(5), Duration.ofMillis(20));
        return new DesktopClient(vertx, DesktopClient.sockets(vertx), options, new ClientListener() {
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

    /** The client has come, is closed, and only then its handshake ends: nothing is asked over that connection. */
    private static void closedMeanwhile(DesktopClient client, ScriptedServer node, Promise<Void> handshake) {
        eventually(() -> assertThat(node.arrivals()).isEqualTo(1));
        client.close().await();
        handshake.complete();

        eventually(() -> assertThat(node.handshakes()).isEqualTo(1));
        eventually(() -> assertThat(node.connections()).isZero());
        assertThat(node.received("bindService")).isEmpty();
        assertThat(node.received("bindResource")).isEmpty();
        assertThat(client.url()).isNull();
    }

    @Test
    void onTheWayBack() {
        DesktopClient client = client();
        client.login(false, null).await();
        Promise<Void> handshake = second.isHeldUp();
        first.close(1012, "");

        closedMeanwhile(client, second, handshake);

        assertThat(told).containsExactly("ended: closed");
    }

    @Test
    void onTheWayIn() {
        DesktopClient client = client();
        Promise<Void> handshake = first.isHeldUp();
        Future<JsonObject> login = client.login(false, null);

        closedMeanwhile(client, first, handshake);

        fails(login);
    }

    @Test
    void onTheWayToTheLeastLoaded() {
        first.nodes(node(first.url(), 5, true), node(second.url(), 2, true));
        DesktopClient client = client();
        Promise<Void> handshake = second.isHeldUp();
        Future<JsonObject> login = client.login(false, null);

        closedMeanwhile(client, second, handshake);

        fails(login);
        assertThat(first.received("prepareSession")).isEmpty();
        eventually(() -> assertThat(first.connections()).isZero());
    }

    private static void fails(Future<JsonObject> login) {
        assertThatThrownBy(() -> login.await(5, TimeUnit.SECONDS)).isInstanceOf(RequestFailed.class);
    }
}
