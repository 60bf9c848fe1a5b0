package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;

/**
 * An agent on a call who holds and retrieves it by turns. Its time is the time until the answer: the switch has done it. The
 * operation ends when the new state has been read too.
 */
final class HoldTalker extends Desk {
    private String conversation;
    private boolean held;
    private int outstanding;

    HoldTalker(WebSocket socket, String agent) {
        super(socket, agent);
    }

    /** Logs in and calls a number that answers by itself. */
    Future<HoldTalker> begin() {
        return login().compose(active -> {
            Future<JsonObject> connected = await("CONNECTED");
            return request("channel.dial", channel(), "{\"destination\":\"5550101\"}")
                    .compose(dialled -> connected)
                    .map(event -> {
                        conversation = event.getString("target");
                        return this;
                    });
        });
    }

    @Override
    void send() {
        outstanding = 2;
        request(held ? "conversation.retrieve" : "conversation.hold", conversation, "{}")
                .onSuccess(answer -> {
                    held = !held;
                    listener().answered(this, true);
                    finished();
                })
                .onFailure(refused -> {
                    outstanding = 0; // nothing has changed
                    listener().answered(this, false);
                    listener().done(this);
                });
    }

    @Override
    void received(Buffer message) {
        JsonObject json = message.toJsonObject();
        JsonObject event = json.getJsonObject("event");
        boolean changed = outstanding > 0
                && event != null
                && "state.updated".equals(event.getString("name"))
                && conversation.equals(event.getString("target"));
        parsed(json);
        if (changed) {
            listener().event();
            finished();
        }
    }

    private void finished() {
        if (--outstanding == 0) {
            listener().done(this);
        }
    }
}
