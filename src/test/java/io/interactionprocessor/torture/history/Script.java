package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A history as a test writes it by hand: times in milliseconds, one line for each thing. */
final class Script {
    static final Window ALWAYS = new Window(0, Long.MAX_VALUE);
    static final String A = "ws://a/ws";
    static final String B = "ws://b/ws";

    private final ClientHistory history;
    private String url = A;

    private Script(String agent, String client) {
        history = new ClientHistory(agent, client);
    }

    static Script of(String agent) {
        return new Script(agent, "c1");
    }

    static Script of(String agent, String client) {
        return new Script(agent, client);
    }

    Script at(String node) {
        url = node;
        return this;
    }

    Script sent(long ms, String requestId, String command, String target) {
        history.add(new Happening.Sent(ms * 1000, url, Level.SESSION, requestId, command, target, null));
        return this;
    }

    Script sentOnce(long ms, String requestId, long token) {
        history.add(new Happening.Sent(
                ms * 1000, url, Level.SESSION, requestId, "interaction.setdata", "R.g1.c1.i1", Tokens.of(token)));
        return this;
    }

    Script asked(long ms, String requestId, String command) {
        history.add(new Happening.Sent(ms * 1000, url, Level.SERVICE, requestId, command, null, null));
        return this;
    }

    Script core(long ms, String requestId, String command) {
        history.add(new Happening.Sent(ms * 1000, url, Level.CORE, requestId, command, null, null));
        return this;
    }

    Script answered(long ms, String requestId) {
        return answered(ms, requestId, "success", null);
    }

    Script answered(long ms, String requestId, String result, String code) {
        history.add(new Happening.Answered(ms * 1000, url, requestId, result, code));
        return this;
    }

    Script event(long ms, long sequence) {
        return event(ms, sequence, "channel.infochanged", null);
    }

    Script event(long ms, long sequence, String name, String requestId) {
        history.add(new Happening.Event(ms * 1000, url, sequence, name, "R.g1.c1", requestId, null));
        return this;
    }

    Script granted(long sentMs, long ms, String session) {
        history.add(new Happening.Granted(ms * 1000, url, sentMs * 1000, session));
        return this;
    }

    Script bound(long ms, long epoch, boolean resumed) {
        history.add(new Happening.Bound(ms * 1000, url, "R", epoch, resumed));
        return this;
    }

    Script closed(long ms, int code) {
        history.add(new Happening.Closed(ms * 1000, url, code, ""));
        return this;
    }

    Script ended(long ms, boolean wanted) {
        return ended(ms, "for a reason", wanted);
    }

    Script ended(long ms, String why, boolean wanted) {
        history.add(new Happening.Ended(ms * 1000, why, wanted));
        return this;
    }

    ClientHistory history() {
        return history;
    }

    /** The switch's own side. */
    static final class Switch {
        private final List<SwitchEntry> entries = new ArrayList<>();

        Switch command(long ms, String agent, long epoch, String id) {
            return add(
                    ms,
                    "command",
                    Map.of("agent", agent, "epoch", epoch, "commandId", id, "command", "HOLD", "result", "accepted"));
        }

        Switch refused(long ms, String agent, long epoch, String id) {
            return add(
                    ms,
                    "command",
                    Map.of(
                            "agent",
                            agent,
                            "epoch",
                            epoch,
                            "commandId",
                            id,
                            "command",
                            "HOLD",
                            "result",
                            "invalidState"));
        }

        Switch data(long ms, long token) {
            return add(ms, "call", Map.of("call", "k1", "set", List.of(Tokens.of(token))));
        }

        Switch connected(long ms, String agent, String call) {
            return connection(ms, agent, call, "CONNECTED");
        }

        Switch connection(long ms, String agent, String call, String state) {
            return add(ms, "connection", Map.of("agent", agent, "call", call, "state", state));
        }

        Switch ended(long ms, String call) {
            return add(ms, "call", Map.of("call", call, "ended", true));
        }

        private Switch add(long ms, String what, Map<String, Object> detail) {
            entries.add(new SwitchEntry(entries.size() + 1, ms * 1000, what, detail));
            return this;
        }

        List<SwitchEntry> entries() {
            return entries;
        }
    }
}
