package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;

/**
 * An agent on a call who changes the call's data; the change is told to the others on the call. The operation ends when its
 * answer, its own event and, if another agent is on the call, that one's event have been read. Its time is the time until
 * the last one on the call was told.
 */
final class PartyTalker extends Desk {
    private PartyTalker other;
    private String interaction;
    private long changes;
    private int outstanding;

    PartyTalker(WebSocket socket, String agent) {
        super(socket, agent);
    }

    Future<PartyTalker> begin() {
        return login().map(this);
    }

    /** Calls a number that answers by itself. */
    Future<PartyTalker> talkTo(String number) {
        Future<JsonObject> created = await("interaction.created");
        Future<JsonObject> connected = await("CONNECTED");
        return request("channel.dial", channel(), "{\"destination\":\"" + number + "\"}")
                .compose(dialled -> created)
                .map(event -> interaction = event.getString("target"))
                .compose(known -> connected)
                .map(event -> this);
    }

    /** Calls another agent, who answers. */
    Future<PartyTalker> talkTo(PartyTalker called, String extension) {
        other = called;
        called.other = this;
        Future<JsonObject> ringing = called.await("conversation.initialized");
        Future<JsonObject> answered = called.await("CONNECTED");
        return Future.all(
                        talkTo(extension),
                        ringing.compose(event -> called.request("conversation.answer", event.getString("target"), "{}"))
                                .compose(ok -> answered))
                .map(both -> this);
    }

    @Override
    void send() {
        outstanding = other == null ? 2 : 3;
        request("interaction.setdata", interaction, "{\"set\":{\"n\":\"" + ++changes + "\"}}")
                .onSuccess(answer -> finished(false))
                .onFailure(refused -> {
                    listener().answered(this, false);
                    listener().done(this);
                });
    }

    @Override
    void received(Buffer message) {
        JsonObject json = message.toJsonObject();
        JsonObject event = json.getJsonObject("event");
        if (event != null && "interaction.datachanged".equals(event.getString("name"))) {
            if (interaction != null) {
                listener().event();
                finished(other == null);
            } else {
                other.finished(true);
            }
            return;
        }
        parsed(json);
    }

    private void finished(boolean toldLast) {
        if (toldLast) {
            listener().answered(this, true);
        }
        if (--outstanding == 0) {
            listener().done(this);
        }
    }
}
