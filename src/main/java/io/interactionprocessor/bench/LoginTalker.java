package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A connection that opens one session after the other: {@code prepareSession}, {@code bindResource}, {@code session.start},
 * until {@code session.initialized} has been read. Afterwards it can close them, which nobody measures.
 */
final class LoginTalker extends Talker {
    private static final String RESOURCE = "\"resource\":{\"id\":\"";
    private static final String START = "{\"messageType\":\"";

    private final Queue<String> agents;
    private final List<String> opened = new ArrayList<>();
    private final ArrayDeque<String> closing = new ArrayDeque<>();
    private boolean isClosing;
    private String agent;
    private String resource;
    private long requests;

    /**
     * Takes a connection over.
     *
     * @param agents whose turn it is; common to all connections, given back after logging out
     */
    LoginTalker(WebSocket socket, Queue<String> agents) {
        super(socket);
        this.agents = agents;
    }

    Future<LoginTalker> begin() {
        write(START + "coreRequest\",\"requestId\":\"b0\",\"command\":\"bindService\",\"serviceId\":\"sim\"}");
        return Future.succeededFuture(this);
    }

    /** From now on an operation closes a session, or else opens one. */
    void closing(boolean close) {
        isClosing = close;
        if (close) {
            closing.addAll(opened);
            opened.clear();
        }
    }

    int open() {
        return closing.size() + opened.size();
    }

    @Override
    void send() {
        requests++;
        if (isClosing) {
            String session = closing.poll();
            if (session == null) {
                return; // this connection rests
            }
            agent = session.substring(session.indexOf(' ') + 1);
            resource = session.substring(0, session.indexOf(' '));
            request("session.logout", "{}");
            return;
        }
        agent = agents.poll();
        if (agent == null) {
            return; // nobody is left
        }
        write(START + "serviceRequest\",\"requestId\":\"p" + requests
                + "\",\"serviceId\":\"sim\",\"request\":{\"command\":\"prepareSession\",\"data\":{\"override\":true,\"agent\":{\"id\":\""
                + agent + "\",\"password\":\"demo\"}}}}");
    }

    private void request(String command, String data) {
        write(START + "resourceRequest\",\"requestId\":\"r" + requests + "\",\"serviceId\":\"sim\",\"resourceId\":\""
                + resource + "\",\"request\":{\"command\":\"" + command + "\",\"target\":\"" + resource + "\",\"data\":"
                + data + "}}");
    }

    @Override
    void received(Buffer message) {
        String text = message.toString();
        if (text.startsWith("serviceResponse", START.length())) {
            prepared(text);
        } else if (text.startsWith("coreResponse", START.length())) {
            if (!text.contains("\"b0\"")) {
                request("session.start", "{}");
            }
        } else if (text.startsWith("resourceEvent", START.length())) {
            listener().event();
            if (text.contains("\"session.initialized\"")) {
                opened.add(resource + ' ' + agent);
                listener().answered(this, true);
                listener().done(this);
            } else if (isClosing && text.contains("\"session.ended\"")) {
                agents.add(agent);
                listener().answered(this, true);
                listener().done(this);
            }
        } else if (!text.contains("\"result\":\"success\"")) {
            refused();
        }
    }

    private void prepared(String text) {
        int at = text.indexOf(RESOURCE);
        if (at < 0) {
            refused();
            return;
        }
        resource = text.substring(at + RESOURCE.length(), text.indexOf('"', at + RESOURCE.length()));
        write(START + "coreRequest\",\"requestId\":\"c" + requests
                + "\",\"command\":\"bindResource\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource
                + "\",\"data\":{}}");
    }

    private void refused() {
        listener().answered(this, false);
        listener().done(this);
    }
}
