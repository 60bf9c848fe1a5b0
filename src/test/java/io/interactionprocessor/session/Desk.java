package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Read;
import io.interactionprocessor.session.simulation.MemoryDirectory;
import io.interactionprocessor.session.simulation.MemoryStore;
import io.interactionprocessor.session.simulation.VirtualTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything around the session core that a unit test needs: two nodes, one store, one directory, one agent 1001 on a
 * scripted switch, time that the test lets pass. What the ports do takes either no time at all or a millisecond.
 */
final class Desk {
    static final String AGENT = "1001";
    static final AgentKey KEY = new AgentKey("demo", AGENT);

    final VirtualTime time = new VirtualTime();
    final MemoryStore store = new MemoryStore();
    final MemoryDirectory directory = new MemoryDirectory();
    final Station station = new Station(AGENT);
    final SwitchScript calls = new SwitchScript(station::view);
    final Map<String, SessionHost> hosts = new HashMap<>();
    final Map<String, Client> clients = new HashMap<>();
    final Set<Operation> operations = EnumSet.allOf(Operation.class);
    final SessionSettings.Processor processor;
    boolean quorum = true;
    boolean accepting = true;
    /** A node that has the instance-domain, but not the processor. */
    String withoutProcessor = "";

    /** Nodes that no longer do anything. */
    final Set<String> dead = new java.util.HashSet<>();
    /** Whose end nobody has told. */
    final Set<String> lostConnections = new java.util.HashSet<>();

    final Heard audit = new Heard();
    /** How many calls of the store, and of the directory, fail from now on although they are carried out. */
    int storeFailures;

    /** Whether the store takes nothing and does not answer, as while the node that has its part is frozen. */
    boolean storeStands;

    int directoryFailures;
    /** Whether nodes do not hear each other. */
    boolean peersAreDeaf;

    /** How many overrides' answers get lost. */
    int overrideFailures;

    /** How long the directory's word travels back after a claim has been granted, in milliseconds. */
    long claimTravels;
    /** How long the directory's word on a binding is under way. */
    long bindTravels;
    /** How long the answer to an override is under way. */
    long overrideTravels;
    /** How long it takes the store to tell what it has of a session. */
    long findTravels;

    private final MessageReader reader = new MessageReader();
    private final boolean atOnce;
    private int connections;
    private int ids;

    /** All ports complete a millisecond later. */
    Desk() {
        this(false);
    }

    Desk(boolean atOnce) {
        this(atOnce, EnumSet.allOf(Operation.class));
    }

    Desk(boolean atOnce, Set<Operation> operations) {
        this.atOnce = atOnce;
        processor = new SessionSettings.Processor(
                "sim", List.of("default", "other"), List.of("lunch", "meeting"), List.of("sold"), operations);
        host("n1");
        host("n2");
    }

    SessionHost host(String node) {
        return hosts.computeIfAbsent(node, name -> new SessionHost(ports(name)));
    }

    /** A new connection to a node. */
    Client connect(String node) {
        Client client = new Client("c" + ++connections, node);
        clients.put(client.address, client);
        return client;
    }

    /** Lets all that is under way happen, timers apart. */
    void settle() {
        time.pass(20);
    }

    // ---- the switch

    /** The oldest command that has no reply yet. */
    Command order() {
        settle();
        assertThat(calls.asked).as("commands without a reply").isNotEmpty();
        return calls.asked.peek().command().command();
    }

    /** The switch has accepted the oldest command, and this is what it did; reply and event arrive in this order. */
    void switchDoes(Consumer<Station> change) {
        SwitchScript.Asked asked = accepted(change);
        asked.reply().complete(Reply.accepted(station.version));
        shows(asked.command().id());
        settle();
    }

    /** The same, but the event arrives before the reply. */
    void switchDoesAndTellsFirst(Consumer<Station> change) {
        SwitchScript.Asked asked = accepted(change);
        shows(asked.command().id());
        settle();
        asked.reply().complete(Reply.accepted(station.version));
        settle();
    }

    private SwitchScript.Asked accepted(Consumer<Station> change) {
        settle();
        SwitchScript.Asked asked = calls.asked.remove();
        change.accept(station);
        station.version++;
        return asked;
    }

    /** The switch refuses the oldest command. */
    void switchRefuses(Refusal refusal, String words) {
        settle();
        calls.asked.remove().reply().complete(Reply.refused(refusal, words));
        settle();
    }

    /** Something happens on the switch that no command of this agent caused. */
    void happens(Consumer<Station> change) {
        change.accept(station);
        station.version++;
        shows(null);
        settle();
    }

    private void shows(String commandId) {
        AgentEvent event = new AgentEvent(station.view(), station.ended, commandId);
        station.ended.clear();
        hosts.forEach((node, host) -> {
            if (!dead.contains(node)) {
                host.agentChanged("sim", event);
            }
        });
    }

    // ---- the world around a host

    HostPorts ports(String node) {
        return new HostPorts(
                "demo",
                SessionSettings.DEFAULT,
                node.equals(withoutProcessor) ? Map.of() : Map.of("sim", processor),
                new Place(node),
                new Directory(),
                new Store(),
                calls,
                new Peers(),
                (delay, action) -> time.after(delay, () -> {
                    if (!dead.contains(node)) {
                        action.run();
                    }
                }),
                time::now,
                new Ids(),
                new Clients(),
                new Credentials(),
                audit);
    }

    private <T> CompletionStage<T> later(Supplier<T> work) {
        return later(false, work);
    }

    private <T> CompletionStage<T> later(boolean fails, Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Runnable run = () -> {
            T result = work.get();
            if (fails) {
                done.completeExceptionally(new IllegalStateException("outcome unknown"));
            } else {
                done.complete(result);
            }
        };
        if (atOnce) {
            run.run();
        } else {
            time.after(1, run);
        }
        return done;
    }

    private final class Place implements Ports.Place {
        private final String node;

        Place(String node) {
            this.node = node;
        }

        @Override
        public String node() {
            return node;
        }

        @Override
        public boolean quorum() {
            return quorum;
        }

        @Override
        public boolean isMember(String other) {
            return hosts.containsKey(other) && !dead.contains(other);
        }

        @Override
        public Ports.Share share() {
            List<String> alive =
                    hosts.keySet().stream().filter(this::isMember).sorted().toList();
            return new Ports.Share(alive.indexOf(node), alive.size());
        }

        @Override
        public Optional<String> hostOf(String processor, SessionId session) {
            return hosts.keySet().stream()
                    .filter(other -> isMember(other) && !other.equals(withoutProcessor))
                    .findFirst();
        }

        @Override
        public boolean accepting() {
            return accepting;
        }

        @Override
        public String nameOf(String other) {
            return "node-" + other;
        }
    }

    private <T> CompletionStage<T> travelling(long millis, CompletionStage<T> answer) {
        if (millis == 0) {
            return answer;
        }
        CompletableFuture<T> heard = new CompletableFuture<>();
        time.after(
                millis,
                () -> answer.whenComplete((outcome, failure) -> {
                    if (failure == null) {
                        heard.complete(outcome);
                    } else {
                        heard.completeExceptionally(failure);
                    }
                }));
        return heard;
    }

    private final class Directory implements Ports.Directory {
        @Override
        public CompletionStage<DirectoryEntry.Outcome> claim(AgentKey agent, SessionId session, String node, long now) {
            return travelling(claimTravels, change(agent, before -> DirectoryEntry.claim(before, session, node, now)));
        }

        @Override
        public CompletionStage<DirectoryEntry.Outcome> override(
                AgentKey agent, Epoch seen, boolean again, SessionId session, String node, long now) {
            return travelling(
                    overrideTravels,
                    later(
                            overrideFailures-- > 0,
                            () -> directory.change(
                                    agent,
                                    before ->
                                            DirectoryEntry.override(before, again ? seen : null, session, node, now))));
        }

        @Override
        public CompletionStage<DirectoryEntry.Outcome> bind(
                AgentKey agent, SessionId session, String node, String keyHash) {
            return travelling(
                    bindTravels, change(agent, before -> DirectoryEntry.bind(before, session, node, keyHash)));
        }

        @Override
        public CompletionStage<DirectoryEntry.Outcome> release(AgentKey agent, SessionId session, Epoch epoch) {
            return change(agent, before -> DirectoryEntry.release(before, session, epoch));
        }

        @Override
        public CompletionStage<DirectoryEntry.Outcome> adopt(
                AgentKey agent, SessionId session, String from, String node) {
            return change(agent, before -> DirectoryEntry.adopt(before, session, from, node));
        }

        @Override
        public CompletionStage<DirectoryEntry.Outcome> reassert(AgentKey agent, DirectoryEntry held) {
            return change(agent, before -> DirectoryEntry.reassert(before, held));
        }

        @Override
        public CompletionStage<Optional<DirectoryEntry>> find(AgentKey agent) {
            return later(() -> directory.find(agent));
        }

        @Override
        public CompletionStage<Map<String, Tally>> survey(String domain, boolean anew) {
            return later(directory::survey);
        }

        @Override
        public CompletionStage<Map<AgentKey, DirectoryEntry>> ownedBy(String domain, String node, long slices) {
            return later(() -> directory.ownedBy(node, slices));
        }

        private CompletionStage<DirectoryEntry.Outcome> change(AgentKey agent, MemoryDirectory.Change change) {
            return later(directoryFailures-- > 0, () -> directory.change(agent, change));
        }
    }

    private final class Store implements Ports.SessionStore {
        @Override
        public CompletionStage<Boolean> append(SessionId session, StoredSession.Append append) {
            if (storeStands) {
                return new CompletableFuture<>();
            }
            return later(storeFailures-- > 0, () -> store.append(session, append));
        }

        @Override
        public CompletionStage<Optional<StoredSession>> fence(SessionId session, Epoch epoch, long eventsAfter) {
            return later(storeFailures-- > 0, () -> store.fence(session, epoch, eventsAfter));
        }

        @Override
        public CompletionStage<Optional<StoredSession>> find(SessionId session, long eventsAfter) {
            return travelling(findTravels, later(storeFailures-- > 0, () -> store.find(session, eventsAfter)));
        }

        @Override
        public CompletionStage<Void> remove(SessionId session, Epoch epoch) {
            return later(() -> {
                store.remove(session, epoch);
                return null;
            });
        }
    }

    private final class Peers implements Ports.Peers {
        @Override
        public CompletionStage<Void> handOver(String node, SessionId session, Epoch newEpoch) {
            return ask(node, host -> host.handOver(session, newEpoch));
        }

        @Override
        public CompletionStage<Void> overridden(String node, SessionId session, Epoch newEpoch) {
            return ask(node, host -> host.overridden(session, newEpoch));
        }

        private CompletionStage<Void> ask(
                String node, java.util.function.Function<SessionHost, CompletionStage<Void>> question) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            time.after(1_000, () -> done.completeExceptionally(new IllegalStateException("no answer from " + node)));
            if (!dead.contains(node) && hosts.containsKey(node) && !peersAreDeaf) {
                later(() -> question.apply(hosts.get(node)).whenComplete((ok, failure) -> done.complete(null)));
            }
            return done;
        }
    }

    private final class Clients implements Ports.Clients {
        @Override
        public void send(String connection, Outbound message) {
            clients.get(connection).receive(message);
        }

        @Override
        public boolean isOpen(String connection) {
            return !lostConnections.contains(connection);
        }
    }

    private final class Ids implements Ports.Ids {
        @Override
        public String next() {
            return "id" + ++ids;
        }

        @Override
        public String hash(String text) {
            return "hash of " + text;
        }
    }

    private final class Credentials implements Ports.Credentials {
        @Override
        public CompletionStage<Result> verify(String of, String agent, Secret password, String remote) {
            return later(() -> switch (password.reveal()) {
                case "demo" -> new Result(Verdict.VALID, 0);
                case "often" -> new Result(Verdict.TOO_MANY_ATTEMPTS, 42);
                default -> new Result(Verdict.INVALID, 0);
            });
        }

        @Override
        public Optional<String> nameOf(String of, String agent) {
            return Optional.of("Agent " + agent);
        }
    }

    /** A client on one connection. */
    final class Client extends Hearing {
        final String address;
        final String node;
        private int requests;

        Client(String address, String node) {
            this.address = address;
            this.node = node;
        }

        /** Sends a message as it would come over the socket. */
        void send(String json) {
            Read read = reader.read(json.replace('\'', '"'));
            if (!(read instanceof Read.Understood understood)) {
                throw new IllegalArgumentException("the reader does not take it: " + json + ' ' + read);
            }
            host(node).receive(new Inbound.Call(address, "10.0.0.1", understood.request()));
        }

        void prepare(boolean override) {
            prepare("p" + ++requests, override, "demo", "");
        }

        void prepare(String requestId, boolean override, String password, String model) {
            send("{'messageType':'serviceRequest','requestId':'" + requestId
                    + "','serviceId':'sim','request':{'command':'prepareSession','data':{'override':" + override
                    + ",'model':'" + model + "','agent':{'id':'1001','password':'" + password + "'}}}}");
            settle();
        }

        void bind() {
            bind("b" + ++requests, resource, null, null);
        }

        void bind(String requestId, String session, String key, Long lastSequence) {
            bindNow(requestId, session, key, lastSequence);
            settle();
        }

        void bindNow(String requestId, String session, String key, Long lastSequence) {
            String data = (key == null ? "" : "'resumeKey':'" + key + "',")
                    + (lastSequence == null ? "" : "'lastSequence':" + lastSequence + ',')
                    + "'x':0";
            send("{'messageType':'coreRequest','requestId':'" + requestId
                    + "','command':'bindResource','serviceId':'sim','resourceId':'" + session + "','data':{" + data
                    + "}}");
        }

        /** Resumes on this connection what another one had, as far as that one got. */
        void resume(Client before) {
            follow(before);
            bind("b" + ++requests, before.resource, before.resumeKey, before.sequence);
        }

        void unbind() {
            send("{'messageType':'coreRequest','requestId':'u" + ++requests
                    + "','command':'unbindResource','serviceId':'sim','resourceId':'" + resource + "'}");
            settle();
        }

        void drop() {
            host(node).receive(new Inbound.Closed(address));
            settle();
        }

        /** Sends a command to an object, named from the session down without group and channel. */
        void ask(String requestId, String command, String target, String data) {
            askNow(requestId, command, target, data);
            settle();
        }

        void ask(String requestId, String command, String target) {
            ask(requestId, command, target, "");
        }

        void askNow(String requestId, String command, String target, String data) {
            send("{'messageType':'resourceRequest','requestId':'" + requestId + "','serviceId':'sim','resourceId':'"
                    + resource + "','request':{'command':'" + command + "','target':'" + path(target) + "','data':{"
                    + data + "}}}");
        }

        void receive(Outbound message) {
            hear(message);
        }
    }
}
