package io.interactionprocessor.session.simulation;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.HostPorts;
import io.interactionprocessor.session.Ports;
import io.interactionprocessor.session.SessionHost;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A node: its session host, and everything between that and the rest of the world. It can freeze, be cut off and die. */
final class SimulatedNode
        implements Ports.Place,
                Ports.Directory,
                Ports.SessionStore,
                Ports.CallControl,
                Ports.Peers,
                Ports.Clients,
                Ports.Credentials,
                Ports.Audit,
                Ports.Ids {
    private final World world;
    private final String name;
    private final SessionHost host;
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private boolean dead;
    private final Reach reach;
    private long frozenUntil;
    private final Deque<Runnable> asleep = new ArrayDeque<>();
    private long trouble;
    private int discrepancies;
    private boolean doubts;

    SimulatedNode(World world, String name) {
        this.world = world;
        this.name = name;
        this.reach = new Reach(world, this);
        this.host = new SessionHost(new HostPorts(
                World.DOMAIN,
                World.SETTINGS,
                Map.of(World.PROCESSOR.id(), World.PROCESSOR),
                this,
                this,
                this,
                this,
                this,
                (millis, task) -> world.time.after(millis, () -> does(task)),
                world.time::now,
                this,
                this,
                this,
                this));
    }

    SessionHost host() {
        return host;
    }

    boolean isDead() {
        return dead;
    }

    /** Something has just happened that explains why answers are late. */
    void troubled() {
        trouble = world.time.now();
    }

    boolean wasInTrouble(long millis) {
        return world.time.now() - trouble < millis + 3_000;
    }

    /** Whether nothing gets through to it or from it. */
    boolean isCut() {
        return reach.isCut();
    }

    Reach reach() {
        return reach;
    }

    void cut(boolean now) {
        world.trace(name, "cut", now);
        reach.cut(now);
    }

    /** Nothing happens on this node for a while; then it goes on as if no time had passed. */
    void freeze(long millis) {
        troubled();
        world.trace(name, "frozen for", millis);
        frozenUntil = Math.max(frozenUntil, world.time.now() + millis);
        reach.frozen(frozenUntil);
        world.time.after(millis, this::wake);
    }

    private void wake() {
        while (world.time.now() >= frozenUntil && !asleep.isEmpty()) {
            asleep.poll().run();
        }
    }

    /** From one moment to the next there is no such node. */
    void die() {
        world.trace(name, "dies");
        dead = true;
        asleep.clear();
        List.copyOf(connections.values()).forEach(connection -> connection.breaks(false));
        world.time.after(world.faults.between(100, 500), reach::died);
    }

    /** It must not act: its clients go elsewhere. */
    void sendsClientsAway() {
        List.copyOf(connections.values()).forEach(connection -> connection.breaks(true));
    }

    /** Something to do on this node: at once, when it is awake, or never. */
    void does(Runnable task) {
        if (dead) {
            return;
        }
        if (world.time.now() < frozenUntil) {
            asleep.add(task);
        } else {
            task.run();
        }
    }

    // ---- clients

    void opened(Connection connection) {
        connections.put(connection.address(), connection);
    }

    void receive(Inbound inbound) {
        does(() -> host.receive(inbound));
    }

    void closed(Connection connection) {
        connections.remove(connection.address());
        receive(new Inbound.Closed(connection.address()));
    }

    @Override
    public void send(String address, Outbound message) {
        Connection connection = connections.get(address);
        if (connection != null && !(world.weakness == Weakness.FRAMES_GET_LOST && world.faults.oneIn(300))) {
            connection.toClient(message);
        }
    }

    // ---- the others

    @Override
    public CompletionStage<Void> handOver(String node, SessionId session, Epoch newEpoch) {
        return askPeer(node, peer -> peer.handOver(session, newEpoch));
    }

    @Override
    public CompletionStage<Void> overridden(String node, SessionId session, Epoch newEpoch) {
        return askPeer(node, peer -> peer.overridden(session, newEpoch));
    }

    private CompletionStage<Void> askPeer(String node, Function<SessionHost, CompletionStage<Void>> question) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        SimulatedNode peer = world.nodes.get(node);
        boolean deaf = world.weakness == Weakness.PEERS_SAY_NOTHING || world.weakness == Weakness.STORE_IGNORES_EPOCHS;
        boolean lost = deaf || isCut() || world.faults.random.nextInt(1000) < world.faults.perThousand;
        if (peer != null && !lost) {
            world.time.after(
                    world.faults.delay(),
                    () -> peer.does(() -> question.apply(peer.host)
                            .whenComplete((ok, failure) ->
                                    world.time.after(world.faults.delay(), () -> does(() -> answer.complete(null))))));
        }
        world.time.after(World.SETTINGS.handOverTimeout(), () -> does(() -> Faults.giveUp(answer)));
        return answer;
    }

    @Override
    public String node() {
        return name;
    }

    @Override
    public boolean quorum() {
        return reach.quorum();
    }

    @Override
    public boolean isMember(String node) {
        SimulatedNode other = world.nodes.get(node);
        return other != null && !other.reach.isRemoved();
    }

    @Override
    public Ports.Share share() {
        List<String> members =
                world.nodes.keySet().stream().filter(this::isMember).sorted().toList();
        return new Ports.Share(Math.max(0, members.indexOf(name)), Math.max(1, members.size()));
    }

    @Override
    public Optional<String> hostOf(String processor, SessionId session) {
        throw new UnsupportedOperationException("all nodes host " + processor);
    }

    @Override
    public boolean isOpen(String address) {
        return connections.containsKey(address);
    }

    @Override
    public boolean accepting() {
        return true;
    }

    @Override
    public String nameOf(String node) {
        return node;
    }

    // ---- directory and store

    @Override
    public CompletionStage<DirectoryEntry.Outcome> claim(AgentKey agent, SessionId session, String node, long now) {
        return claim(agent, before -> DirectoryEntry.claim(before, session, node, now));
    }

    @Override
    public CompletionStage<DirectoryEntry.Outcome> override(
            AgentKey agent, Epoch seen, boolean again, SessionId session, String node, long now) {
        return claim(agent, before -> DirectoryEntry.override(before, again ? seen : null, session, node, now));
    }

    private CompletionStage<DirectoryEntry.Outcome> claim(AgentKey agent, MemoryDirectory.Change claim) {
        if (world.weakness == Weakness.CLAIM_NOT_ATOMIC) {
            CompletableFuture<DirectoryEntry.Outcome> done = new CompletableFuture<>();
            DirectoryEntry.Outcome outcome =
                    claim.apply(world.directory.find(agent).orElse(null));
            world.time.after(world.faults.delay() + 20, () -> {
                world.directory.change(agent, any -> outcome);
                does(() -> done.complete(outcome));
            });
            return done;
        }
        return world.weakness == Weakness.CLAIM_MADE_AGAIN
                ? world.faults.again(this, () -> change(agent, claim))
                : world.faults.late(this, change(agent, claim));
    }

    @Override
    public CompletionStage<DirectoryEntry.Outcome> bind(
            AgentKey agent, SessionId session, String node, String keyHash) {
        return world.faults.slowly(
                this,
                () -> world.faults.late(
                        this, change(agent, before -> DirectoryEntry.bind(before, session, node, keyHash))));
    }

    @Override
    public CompletionStage<DirectoryEntry.Outcome> release(AgentKey agent, SessionId session, Epoch epoch) {
        if (world.weakness == Weakness.RELEASE_WHOEVER_OWNS) {
            return change(
                    agent,
                    before -> new DirectoryEntry.Outcome(
                            true, before, new DirectoryEntry(null, null, before.epoch(), null, before.since())));
        }
        return change(agent, before -> DirectoryEntry.release(before, session, epoch));
    }

    @Override
    public CompletionStage<DirectoryEntry.Outcome> adopt(AgentKey agent, SessionId session, String from, String node) {
        return world.weakness == Weakness.NOBODY_ADOPTS
                ? new CompletableFuture<>()
                : change(agent, before -> DirectoryEntry.adopt(before, session, from, node));
    }

    @Override
    public CompletionStage<DirectoryEntry.Outcome> reassert(AgentKey agent, DirectoryEntry held) {
        return change(agent, before -> DirectoryEntry.reassert(before, held));
    }

    @Override
    public CompletionStage<Map<String, Tally>> survey(String domain, boolean anew) {
        doubts = anew;
        return world.faults.ask(this, world.directory::survey);
    }

    @Override
    public CompletionStage<Map<AgentKey, DirectoryEntry>> ownedBy(String domain, String node, long slices) {
        return world.faults.ask(this, () -> world.directory.ownedBy(node, slices));
    }

    private CompletionStage<DirectoryEntry.Outcome> change(AgentKey agent, MemoryDirectory.Change change) {
        return world.faults.ask(this, () -> world.directory.change(agent, change));
    }

    @Override
    public CompletionStage<Optional<DirectoryEntry>> find(AgentKey agent) {
        return world.faults.ask(this, () -> world.directory.find(agent));
    }

    @Override
    public CompletionStage<Boolean> append(SessionId session, StoredSession.Append append) {
        if (world.weakness == Weakness.STORE_ANSWERS_TOO_SOON) {
            world.time.after(world.faults.between(5, 50), () -> {
                if (!dead) {
                    world.store.append(session, append);
                }
            });
            return CompletableFuture.completedFuture(true);
        }
        return world.faults.ask(this, () -> world.store.append(session, append));
    }

    @Override
    public CompletionStage<Optional<StoredSession>> fence(SessionId session, Epoch epoch, long eventsAfter) {
        return world.faults.ask(this, () -> world.store.fence(session, epoch, eventsAfter));
    }

    @Override
    public CompletionStage<Optional<StoredSession>> find(SessionId session, long eventsAfter) {
        return world.faults.ask(this, () -> world.store.find(session, eventsAfter));
    }

    @Override
    public CompletionStage<Void> remove(SessionId session, Epoch epoch) {
        return world.faults.ask(this, () -> {
            world.store.remove(session, epoch);
            return null;
        });
    }

    // ---- the switch

    @Override
    public CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch) {
        return world.switchboard.attach(this, agent, epoch);
    }

    @Override
    public CompletionStage<Reply> execute(String processor, AgentCommand command) {
        return world.switchboard.execute(this, command);
    }

    @Override
    public CompletionStage<Boolean> available(String processor) {
        return CompletableFuture.completedFuture(world.switchboard.linkUp());
    }

    // ---- who is who

    @Override
    public CompletionStage<Result> verify(String processor, String agent, Secret password, String remote) {
        CompletableFuture<Result> verified = new CompletableFuture<>();
        world.time.after(world.faults.delay(), () -> does(() -> verified.complete(new Result(Verdict.VALID, 0))));
        return verified;
    }

    @Override
    public Optional<String> nameOf(String processor, String agent) {
        return Optional.of(agent);
    }

    // ---- what the operator is told

    @Override
    public void happened(Happening what) {
        world.trace(name, what);
    }

    @Override
    public void compared(int sessions, Ports.Discrepancies found) {
        discrepancies = found.count();
    }

    /** Whether the last comparison but one found a difference that was none: then its tallies are not those of its sessions. */
    boolean doubts() {
        return doubts;
    }

    /** How much the last comparison found. */
    int discrepancies() {
        return discrepancies;
    }

    @Override
    public String internalError(String errorId, Throwable fault) {
        throw new IllegalStateException(fault);
    }

    @Override
    public void loginRefused(
            String errorId, FailureCode code, String processor, Optional<String> agent, String remote) {
        // the desktops see it
    }

    @Override
    public String next() {
        return "S" + Long.toString(world.faults.random.nextLong() & Long.MAX_VALUE, 36);
    }

    @Override
    public String hash(String text) {
        return "#" + text;
    }

    List<Connection> connections() {
        return new ArrayList<>(connections.values());
    }

    @Override
    public String toString() {
        return name;
    }
}
