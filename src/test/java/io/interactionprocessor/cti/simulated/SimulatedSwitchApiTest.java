package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.CtiVerticle;
import io.interactionprocessor.cti.LinkClient;
import io.interactionprocessor.cti.LinkLease;
import io.interactionprocessor.cti.LinkMessages;
import io.interactionprocessor.cti.LinkSettings;
import io.interactionprocessor.model.Epoch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedSwitchApiTest {
    private static final SimulatedSettings SETTINGS =
            SimulatedSettings.of(SimulatedSettings.range(1001, 2, Set.of("8001")), 1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Vertx vertx;
    private static int port;
    private static volatile Optional<String> holder = Optional.of("node");

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        LinkMessages.register(vertx.eventBus());
        SimulatedConnector connector =
                new SimulatedConnector(vertx, SETTINGS, new MemoryGridStore(), System::currentTimeMillis);
        LinkLease lease = new LinkLease() {
            @Override
            public void compete(Listener listener) {
                listener.granted(new Epoch(1));
            }

            @Override
            public boolean held() {
                return true;
            }

            @Override
            public Future<Void> release() {
                return Future.succeededFuture();
            }
        };
        vertx.deployVerticle(
                        new CtiVerticle(LinkSettings.of("sim", "node", "sessions", 10_000), connector, lease, List::of))
                .await(5, TimeUnit.SECONDS);
        Router router = Router.router(vertx);
        new SimulatedSwitchApi(
                        SETTINGS,
                        new LinkClient(
                                vertx, new LinkClient.Settings(500, 100, 20, 100), "node", () -> holder, effect -> {}))
                .mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/simulated-switch" + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body == null ? "" : body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject done(String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        return new JsonObject(response.body());
    }

    @Test
    void aCustomerCallsIsSeenAndHangsUp() throws Exception {
        String id = done("POST", "/calls", "{\"from\":\"5550101\",\"to\":\"8001\",\"data\":{\"n\":{\"k\":[1,null]}}}")
                .getString("id");
        JsonArray calls = done("GET", "/calls", null).getJsonArray("calls");
        JsonObject call = calls.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(call.getJsonObject("data")).isEqualTo(new JsonObject("{\"n\":{\"k\":[1,null]}}"));
        assertThat(call.getJsonArray("parties").getJsonObject(0).getString("address"))
                .isEqualTo("5550101");
        assertThat(call.getString("since")).endsWith("Z");
        assertThat(done("DELETE", "/calls/" + id, null).getString("id")).isEqualTo(id);
        assertThat(send("DELETE", "/calls/" + id, null).statusCode()).isEqualTo(404);
    }

    @Test
    void aCustomerHangsUpByHimself() throws Exception {
        String id = done("POST", "/calls", "{\"from\":\"5550101\",\"to\":\"8001\",\"hangupAfterMs\":1}")
                .getString("id");
        eventually(() -> assertThat(all("/calls")).doesNotContain('"' + id + '"'));
    }

    private static String all(String path) {
        try {
            return send("GET", path, null).body();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void theHistoryIsNumberedAndPaged() throws Exception {
        done("POST", "/calls", "{\"from\":\"5550101\",\"to\":\"8001\",\"hangupAfterMs\":1}");
        // the last of them when the customer hangs up, by himself
        eventually(() -> {
            JsonObject history = new JsonObject(all("/history?after=1&limit=2"));
            assertThat(history.getJsonArray("entries"))
                    .extracting(entry -> ((JsonObject) entry).getInteger("number"))
                    .containsExactly(2, 3);
            assertThat(history.getLong("last")).isGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void theLinkIsCutAndMendedAndTheSideWorksMeanwhile() throws Exception {
        assertThat(done("PUT", "/link", "{\"state\":\"down\"}")).isEqualTo(new JsonObject("{\"state\":\"down\"}"));
        done("GET", "/calls", null);
        done("PUT", "/link", "{\"state\":\"up\"}");
    }

    @Test
    void trafficComes() throws Exception {
        done("PUT", "/traffic", "{\"callsPerMinute\":60000,\"talkMs\":1}");
        eventually(() -> assertThat(all("/calls")).contains("\"parties\""));
        done("PUT", "/traffic", "{\"callsPerMinute\":0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /calls | | ''",
                "POST | /calls | [] | ''",
                "POST | /calls | {\"from\" | ''",
                "POST | /calls | {\"to\":\"8001\"} | /from",
                "POST | /calls | {\"from\":5,\"to\":\"8001\"} | /from",
                "POST | /calls | {\"from\":\"a b\",\"to\":\"8001\"} | /from",
                "POST | /calls | {\"from\":\"1\"} | /to",
                "POST | /calls | {\"from\":\"1\",\"to\":\"5550101\"} | /to",
                "POST | /calls | {\"from\":\"1\",\"to\":\"8001\",\"data\":[]} | /data",
                "POST | /calls | {\"from\":\"1\",\"to\":\"8001\",\"hangupAfterMs\":-1} | /hangupAfterMs",
                "POST | /calls | {\"from\":\"1\",\"to\":\"8001\",\"hangupAfterMs\":\"1\"} | /hangupAfterMs",
                "GET | /history?after=x | | /after",
                "GET | /history?after=-1 | | /after",
                "GET | /history?limit=99999 | | /limit",
                "PUT | /traffic | {} | /callsPerMinute",
                "PUT | /traffic | {\"callsPerMinute\":1.5} | /callsPerMinute",
                "PUT | /traffic | {\"callsPerMinute\":1,\"talkMs\":true} | /talkMs",
                "PUT | /link | {\"state\":\"sideways\"} | /state",
                "PUT | /link | {\"state\":false} | /state"
            })
    void whatIsWrongIsNamed(String method, String path, String body, String field) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonObject error = new JsonObject(response.body()).getJsonObject("error");
        assertThat(error.getString("field")).isEqualTo(field);
        assertThat(error.getString("message")).isNotBlank();
    }

    @Test
    void withoutAHolderItIsNotAvailable() throws Exception {
        holder = Optional.empty();
        try {
            HttpResponse<String> response = send("GET", "/calls", null);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(new JsonObject(response.body()).getJsonObject("error").getString("message"))
                    .contains("no node holds the link");
        } finally {
            holder = Optional.of("node");
        }
    }
}
