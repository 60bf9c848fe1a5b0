package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The events' sockets. What Asterisk itself says on them is the contract tests'; here one lingers that was given up. */
@ExtendWith(VertxExtension.class)
class AriClientTest {
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void whatASocketSaysThatWasGivenUpIsNotHeard(Vertx vertx) {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> request.response().end("{}"))
                .webSocketHandler(sockets::add)
                .listen(0, "127.0.0.1"));
        String url = "http://127.0.0.1:" + server.actualPort() + "/ari";
        AriClient ari = new AriClient(vertx, new AsteriskSettings.Ari(url, "cti", Secret.of("ctisecret")));
        Context context = vertx.getOrCreateContext();
        on(context, () -> listen(ari, "first"));
        on(context, () -> {
            // It is on its way when the socket is given up: nobody reads before this has returned.
            write(0, "ApplicationReplaced");
            ari.stopListening();
            return listen(ari, "second");
        });

        // What the one event loop has not read by the second answer did not come.
        on(context, () -> ari.get("/asterisk/info", Map.of()).compose(v -> ari.get("/asterisk/info", Map.of())));
        write(1, "StasisStart");

        eventually(() -> assertThat(heard).contains("second StasisStart"));
        assertThat(heard).hasSize(1);
        assertThat(ari.listening()).isTrue();
        await(ari.close());
    }

    @Test
    void aPingThatASocketNeverAnsweredIsSentAnewOnTheNext(Vertx vertx) throws Exception {
        HttpServer server =
                await(vertx.createHttpServer().webSocketHandler(sockets::add).listen(0, "127.0.0.1"));
        try (Cable cable = new Cable(server.actualPort())) {
            String url = "http://127.0.0.1:" + cable.port() + "/ari";
            AriClient ari = new AriClient(vertx, new AsteriskSettings.Ari(url, "cti", Secret.of("ctisecret")));
            Context context = vertx.getOrCreateContext();
            on(context, () -> listen(ari, "first"));
            cable.cut();
            Promise<Void> unanswered = Promise.promise();
            context.runOnContext(v -> ari.ping().onComplete(unanswered));
            on(context, Future::succeededFuture);
            cable.mend();

            eventually(() -> assertThat(heard).containsExactly("first closed"));
            eventually(() -> assertThat(unanswered.future().failed()).isTrue());
            on(context, () -> listen(ari, "second"));
            on(context, ari::ping);
            await(ari.close());
        }
    }

    @Test
    void aSocketThatHasDiedUnclosedIsGivenUp(Vertx vertx) throws Exception {
        HttpServer server =
                await(vertx.createHttpServer().webSocketHandler(sockets::add).listen(0, "127.0.0.1"));
        try (Cable cable = new Cable(server.actualPort())) {
            String url = "http://127.0.0.1:" + cable.port() + "/ari";
            AriClient ari = new AriClient(vertx, new AsteriskSettings.Ari(url, "cti", Secret.of("ctisecret")));
            Context context = vertx.getOrCreateContext();
            on(context, () -> listen(ari, "first"));
            on(context, ari::ping);
            cable.forget();
            Promise<Void> unanswered = Promise.promise();
            context.runOnContext(v -> ari.ping().onComplete(unanswered));

            eventually(() -> assertThat(heard).containsExactly("first closed"));
            assertThat(unanswered.future().failed()).isTrue();
            on(context, () -> listen(ari, "second"));
            on(context, ari::ping);
            write(1, "StasisStart");
            eventually(() -> assertThat(heard).containsExactly("first closed", "second StasisStart"));
            await(ari.close());
        }
    }

    private Future<Void> listen(AriClient ari, String name) {
        return ari.listen(
                "app", event -> heard.add(name + ' ' + event.getString("type")), reason -> heard.add(name + " closed"));
    }

    private void write(int socket, String type) {
        await(sockets.get(socket).writeTextMessage("{\"type\":\"" + type + "\"}"));
    }

    private static void on(Context context, Supplier<Future<?>> what) {
        Promise<Object> done = Promise.promise();
        context.runOnContext(v -> what.get().<Object>mapEmpty().onComplete(done));
        await(done.future());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
