package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Read;
import io.interactionprocessor.protocol.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sessions that nobody has, led through log-in, a call, a lost connection, a resume on another node and log-out, before a
 * node that has just come to a cluster with clients says it is ready: its first ones often come all at once, from a node that
 * is being restarted next, and wait for a JVM that has never done what they ask for (docs/reliability.md).
 *
 * <p>Directory and store are the cluster's, in an instance-domain of its own; the other node, the switch, the clients are
 * stand-ins. On the thread of the ports.
 */
public final class Rehearsal {
    /** No operator's: those have other letters. */
    private static final String DOMAIN = "~rehearsal";

    private static final int AT_ONCE = 4;
    private static final String HERE = "~here";
    private static final String THERE = "~there";

    private final HostPorts real;
    private final SessionSettings.Processor processor;
    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter();
    private final RehearsedSwitch calls = new RehearsedSwitch();
    private final Map<String, SessionHost> hosts = new HashMap<>();
    private final Map<String, CompletableFuture<Outbound>> waiting = new HashMap<>();
    private int left;
    private int led;
    private int requests;

    /** Prepares; {@code real} is what the sessions of this node work with. */
    public Rehearsal(HostPorts real) {
        this.real = real;
        this.processor = real.processors().values().iterator().next();
        hosts.put(HERE, new SessionHost(ports(HERE)));
        hosts.put(THERE, new SessionHost(ports(THERE)));
        calls.listen((service, event) -> hosts.values().forEach(host -> host.agentChanged(service, event)));
    }

    /**
     * Leads so many sessions, a few at a time, and begins no more when the time is over; completes with how many have ended,
     * or fails when something does not go as it should. Where the cluster does not answer it waits.
     */
    public CompletionStage<Integer> run(int sessions, long millis) {
        left = sessions;
        Runnable inTime = real.timers().after(millis, () -> left = 0);
        CompletableFuture<?>[] lanes = new CompletableFuture<?>[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            lanes[i] = lane(real.place().nameOf(real.place().node()) + '-' + i).toCompletableFuture();
        }
        return CompletableFuture.allOf(lanes)
                .whenComplete((done, failure) -> {
                    inTime.run();
                    hosts.values().forEach(SessionHost::stop);
                })
                .thenApply(done -> led);
    }

    private CompletionStage<Void> lane(String agent) {
        if (left-- <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        return life(agent).thenCompose(over -> {
            led++;
            return lane(agent);
        });
    }

    private CompletionStage<Void> life(String agent) {
        String first = agent + '/' + ++requests;
        String second = first + "/again";
        String[] session = new String[1];
        String[] key = new String[1];
        return ask(
                        HERE,
                        first,
                        service("\"prepareSession\",\"data\":{\"override\":true,\"agent\":{\"id\":\"" + agent
                                + "\",\"password\":\"-\"}}"))
                .thenCompose(prepared -> {
                    session[0] = prepared instanceof Outbound.Answer answer
                                    && answer.response() instanceof Response.SessionPrepared granted
                            ? granted.resourceId()
                            : "";
                    return ask(HERE, first, bind(session[0], ""));
                })
                .thenCompose(bound -> {
                    key[0] = keyOf(bound);
                    calls.logOn(agent);
                    return ask(HERE, first, resource(session[0], "session.start", ""));
                })
                .thenCompose(started -> {
                    calls.call(processor.id(), agent);
                    hosts.get(HERE).receive(new Inbound.Closed(first));
                    return ask(THERE, second, bind(session[0], ",\"resumeKey\":\"" + key[0] + "\",\"lastSequence\":1"));
                })
                .thenCompose(resumed -> {
                    keyOf(resumed);
                    return ask(THERE, second, resource(session[0], "session.snapshot", ""));
                })
                .thenCompose(shown -> {
                    calls.callEnds(processor.id(), agent);
                    return ask(THERE, second, resource(session[0], "session.logout", ""));
                })
                .thenAccept(ended -> {});
    }

    private static String keyOf(Outbound bound) {
        if (bound instanceof Outbound.Bound success && success.answer().data() instanceof Response.Bound data) {
            return data.resumeKey();
        }
        throw new IllegalStateException("not bound");
    }

    // ---- what its clients send and hear

    private String service(String command) {
        return "{\"messageType\":\"serviceRequest\",\"requestId\":\"%s\",\"serviceId\":\"" + processor.id()
                + "\",\"request\":{\"command\":" + command + "}}";
    }

    private String bind(String session, String more) {
        return "{\"messageType\":\"coreRequest\",\"requestId\":\"%s\",\"command\":\"bindResource\",\"serviceId\":\""
                + processor.id() + "\",\"resourceId\":\"" + session + "\",\"data\":{\"x\":0" + more + "}}";
    }

    private String resource(String session, String command, String data) {
        return "{\"messageType\":\"resourceRequest\",\"requestId\":\"%s\",\"serviceId\":\"" + processor.id()
                + "\",\"resourceId\":\"" + session + "\",\"request\":{\"command\":\"" + command + "\",\"target\":\""
                + session + "\",\"data\":{" + data + "}}}";
    }

    private CompletionStage<Outbound> ask(String node, String connection, String request) {
        String id = "r" + ++requests;
        CompletableFuture<Outbound> answer = new CompletableFuture<>();
        if (reader.read(request.replace("%s", id)) instanceof Read.Understood understood) {
            waiting.put(id, answer);
            hosts.get(node).receive(new Inbound.Call(connection, "", understood.request()));
        } else {
            answer.completeExceptionally(new IllegalStateException(request));
        }
        return answer;
    }

    private void heard(Outbound message) {
        if (message instanceof Outbound.Answer answer) {
            writer.response(answer.response());
            answered(answer.response().requestId(), message);
        } else if (message instanceof Outbound.Bound bound) {
            writer.response(bound.answer());
            answered(bound.answer().requestId(), message);
        } else if (message instanceof Outbound.Frames frames) {
            frames.answered().forEach(id -> answered(id, message));
        }
    }

    private void answered(String id, Outbound message) {
        CompletableFuture<Outbound> answer = waiting.remove(id);
        if (answer != null) {
            answer.complete(message);
        }
    }

    // ---- the world around its sessions

    private HostPorts ports(String node) {
        return new HostPorts(
                DOMAIN,
                real.settings(),
                Map.of(processor.id(), processor),
                new RehearsedWorld.Place(node),
                real.directory(),
                real.store(),
                calls,
                new Peers(),
                real.timers(),
                real.time(),
                real.ids(),
                new Clients(),
                new RehearsedWorld.Credentials(),
                new RehearsedWorld.Audit());
    }

    private final class Peers implements Ports.Peers {
        @Override
        public CompletionStage<Void> handOver(String node, SessionId session, Epoch newEpoch) {
            return hosts.get(node).handOver(session, newEpoch);
        }

        @Override
        public CompletionStage<Void> overridden(String node, SessionId session, Epoch newEpoch) {
            return hosts.get(node).overridden(session, newEpoch);
        }
    }

    private final class Clients implements Ports.Clients {
        @Override
        public void send(String connection, Outbound message) {
            heard(message);
        }

        @Override
        public boolean isOpen(String connection) {
            return true;
        }
    }
}
