package io.interactionprocessor.ops;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ManagementServerTest {
    private final Metrics metrics = new Metrics();
    private final AtomicInteger drains = new AtomicInteger();
    private final AtomicReference<Optional<String>> linkDown = new AtomicReference<>(Optional.empty());
    private final HttpClient http = HttpClient.newHttpClient();
    private ManagementServer server;
    private int port;

    @BeforeEach
    void listen(Vertx vertx) {
        server = new ManagementServer(vertx, metrics, drains::incrementAndGet);
        server.readiness("cluster", Optional::empty);
        server.readiness("cti", linkDown::get);
        server.router().get("/switch").handler(context -> context.response().end("ring"));
        port = server.listen("127.0.0.1", 0).await();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void readyOnlyWhileEveryCheckIs() throws Exception {
        HttpResponse<String> ready = send("GET", "/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(ready.body()).getString("status")).isEqualTo("UP");

        linkDown.set(Optional.of("the link is down"));
        HttpResponse<String> down = send("GET", "/health/ready");
        assertThat(down.statusCode()).isEqualTo(503);
        JsonObject body = new JsonObject(down.body());
        assertThat(body.getString("status")).isEqualTo("DOWN");
        assertThat(body.getJsonArray("checks"))
                .containsExactlyInAnyOrderElementsOf(new JsonArray()
                        .add(new JsonObject().put("id", "cluster").put("status", "UP"))
                        .add(new JsonObject()
                                .put("id", "cti")
                                .put("status", "DOWN")
                                .put("reason", "the link is down")));
        assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);

        linkDown.set(Optional.empty());
        assertThat(send("GET", "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aCheckThatThrowsIsDown() throws Exception {
        server.readiness("broken", () -> {
            throw new IllegalStateException("boom");
        });

        HttpResponse<String> down = send("GET", "/health/ready");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("\"id\":\"broken\",\"status\":\"DOWN\"");
    }

    @Test
    void metricsAreInThePrometheusFormat() throws Exception {
        metrics.registry().counter("interactionprocessor.logins").increment(3);
        metrics.addProcess();

        HttpResponse<String> response = send("GET", "/metrics");
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body())
                .contains("interactionprocessor_logins_total 3.0")
                .contains("jvm_memory_used_bytes{");
    }

    @Test
    void drainIsAPost() throws Exception {
        assertThat(send("GET", "/drain").statusCode()).isEqualTo(405);
        assertThat(drains).hasValue(0);
        assertThat(send("POST", "/drain").statusCode()).isEqualTo(202);
        assertThat(drains).hasValue(1);
    }

    @Test
    void aConnectorHasRoutesOfItsOwn() throws Exception {
        assertThat(send("GET", "/switch").body()).isEqualTo("ring");
        assertThat(send("GET", "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void closedMeansClosed() throws Exception {
        server.close().await();
        // the system lets go of the port a moment later
        eventually(() -> assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class));
    }
}
