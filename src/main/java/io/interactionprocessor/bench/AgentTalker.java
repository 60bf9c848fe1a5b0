package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.nio.charset.StandardCharsets;

/**
 * An agent who goes ready and not ready by turns. It logs in like anybody, with parsed answers; then it looks only at what
 * kind of message it is, and whether an answer ends as a success does.
 */
final class AgentTalker extends Desk {
    /** Where the word resource ends in the value of messageType, the first field. */
    private static final int KIND = 24;

    private static final byte[] SUCCESS = "\"result\":\"success\"}}".getBytes(StandardCharsets.UTF_8);

    private boolean lean;
    private String prefix;
    private String ready;
    private String notReady;
    private boolean isReady;
    private boolean answered;
    private boolean told;
    private long requests;
    private int nameBase;
    private int nameAt;

    AgentTalker(WebSocket socket, String agent) {
        super(socket, agent);
    }

    /** Logs in and activates the channel. */
    Future<AgentTalker> begin() {
        return login().map(active -> {
            beLean();
            return this;
        });
    }

    private void beLean() {
        lean = true;
        nameBase = ("{\"messageType\":\"resourceEvent\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource()
                        + "\",\"requestId\":\"\",\"event\":{\"messageType\":\"objectEvent\",\"name\":\"")
                .length();
        prefix = "{\"messageType\":\"resourceRequest\",\"requestId\":\"";
        String middle = "\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource() + "\",\"request\":{\"command\":\"";
        ready = middle + "channel.ready\",\"target\":\"" + channel() + "\",\"data\":{}}}";
        notReady = middle + "channel.notready\",\"target\":\"" + channel() + "\",\"data\":{}}}";
    }

    @Override
    void send() {
        answered = false;
        told = false;
        String id = Long.toString(++requests);
        nameAt = nameBase + id.length();
        write(prefix + id + (isReady ? notReady : ready));
    }

    @Override
    void received(Buffer message) {
        if (!lean) {
            super.received(message);
            return;
        }
        if (message.length() < KIND + 2 || message.getByte(16) != 'r') {
            return; // the service's own events
        }
        if (message.getByte(KIND) == 'R') {
            boolean success = endsAsSuccess(message);
            answered = true;
            isReady ^= success;
            told |= !success; // nothing has changed
            listener().answered(this, success);
        } else if (message.getByte(KIND + 1) == 'v') {
            // Whatever else has changed by the command is told too, as actions.updated of the channel's group.
            told |= message.length() > nameAt && message.getByte(nameAt) == 'c';
            listener().event();
        } else {
            listener().answered(this, false);
            answered = true;
            told = true;
        }
        if (answered && told) {
            answered = false;
            listener().done(this);
        }
    }

    private static boolean endsAsSuccess(Buffer message) {
        int offset = message.length() - SUCCESS.length;
        for (int i = 0; i < SUCCESS.length; i++) {
            if (offset < 0 || message.getByte(offset + i) != SUCCESS[i]) {
                return false;
            }
        }
        return true;
    }
}
