package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import java.lang.reflect.Proxy;
import java.util.List;

/** A connection to nobody. */
final class MuteSocket {
    private MuteSocket() {}

    /** Returns one that keeps the texts that are sent. */
    static WebSocket keeping(List<String> sent) {
        return (WebSocket) Proxy.newProxyInstance(
                WebSocket.class.getClassLoader(), new Class<?>[] {WebSocket.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("writeTextMessage")) {
                        return null;
                    }
                    sent.add((String) arguments[0]);
                    return Future.succeededFuture();
                });
    }
}
