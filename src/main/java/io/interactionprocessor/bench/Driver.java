package io.interactionprocessor.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** The client of all measurements: one event loop in this process. */
final class Driver implements AutoCloseable {
    private static final int AT_A_TIME = 64;
    private static final long LONGEST_S = 120;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final WebSocketClient sockets = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxConnections(1_000_000).setConnectTimeout(10_000));

    Vertx vertx() {
        return vertx;
    }

    Context context() {
        return context;
    }

    Load load(List<? extends Talker> talkers, double perSecond) {
        return new Load(context, talkers, perSecond);
    }

    /** Connects echoing clients. */
    List<EchoTalker> echoes(String url, int count) throws InterruptedException {
        return connect(count, index -> url, (socket, index) -> Future.succeededFuture(new EchoTalker(socket)));
    }

    /** Connects agents, by turns to these nodes, and logs them in. */
    List<AgentTalker> agents(List<String> urls, int firstAgent, int count) throws InterruptedException {
        return connect(
                count,
                index -> urls.get(index % urls.size()),
                (socket, index) -> new AgentTalker(socket, Integer.toString(firstAgent + index)).begin());
    }

    /** Connects many, some at a time. */
    <T> List<T> connect(int count, IntFunction<String> url, BiFunction<WebSocket, Integer, Future<T>> begin)
            throws InterruptedException {
        List<T> ready = new ArrayList<>();
        int[] next = {0};
        return onContext(() -> {
            List<Future<Void>> chains = new ArrayList<>();
            for (int i = 0; i < Math.min(AT_A_TIME, count); i++) {
                chains.add(chain(count, next, url, begin, ready));
            }
            return Future.all(chains).map(all -> ready);
        });
    }

    private <T> Future<Void> chain(
            int count,
            int[] next,
            IntFunction<String> url,
            BiFunction<WebSocket, Integer, Future<T>> begin,
            List<T> ready) {
        if (next[0] == count) {
            return Future.succeededFuture();
        }
        int index = next[0]++;
        return sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url.apply(index)))
                .compose(socket -> begin.apply(socket, index))
                .compose(talker -> {
                    ready.add(talker);
                    return chain(count, next, url, begin, ready);
                });
    }

    /** Does something on the event loop and waits for it. */
    <T> T onContext(java.util.function.Supplier<Future<T>> work) throws InterruptedException {
        Promise<T> promise = Promise.promise();
        context.runOnContext(
                begin -> Future.succeededFuture().compose(now -> work.get()).onComplete(promise));
        try {
            return promise.future().await(LONGEST_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BenchFailed("not done after " + LONGEST_S + " s");
        }
    }

    /** Sends one text and returns the answer. */
    JsonObject ask(String url, String text) throws InterruptedException {
        return onContext(() -> sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url))
                .compose(socket -> {
                    Promise<JsonObject> answer = Promise.promise();
                    socket.textMessageHandler(heard -> {
                        answer.tryComplete(new JsonObject(heard));
                        socket.close();
                    });
                    return socket.writeTextMessage(text).compose(written -> answer.future());
                }));
    }

    void closeAll(List<? extends Talker> talkers) {
        context.runOnContext(begin -> talkers.forEach(Talker::close));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
