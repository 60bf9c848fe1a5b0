package io.interactionprocessor.session.simulation;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.SessionSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Three nodes, one directory, one store, one switch, fifty agents; one seed for everything that chance decides. */
final class World {
    static final int AGENTS = 50;
    /** Further agents, who log in once and go away without a word. */
    static final int VISITORS = 6;

    static final String DOMAIN = "demo";
    /** Shorter than the protocol's, so that a run of half a minute sees all of them run out. */
    static final SessionSettings SETTINGS = new SessionSettings(2_000, 4_000, 1_000, 6_000, 300, 1_500, 64, 60, 16);

    static final SessionSettings.Processor PROCESSOR = new SessionSettings.Processor(
            "sim", List.of("default"), List.of("lunch"), List.of(), EnumSet.allOf(Operation.class));
    /** How long a client waits for an answer before it complains, milliseconds. */
    static final long PATIENCE = SETTINGS.commandTimeout() + 4_000;
    /** How long an agent thinks at most, milliseconds. */
    static final int THINKS = 1_500;

    private static final boolean TRACE = Boolean.getBoolean("simulation.trace");
    private static final PrintStream TRACED = System.out;

    final Weakness weakness;
    final VirtualTime time = new VirtualTime();
    final Faults faults;
    final Checks checks = new Checks();
    final Switchboard switchboard;
    final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
    /** The node that has granted what took a session's place. */
    private final Map<String, String> overriders = new HashMap<>();

    final Map<String, Desktop> desktops = new LinkedHashMap<>();

    final MemoryDirectory directory = new MemoryDirectory() {
        @Override
        public DirectoryEntry.Outcome change(AgentKey agent, Change change) {
            DirectoryEntry before = find(agent).orElse(null);
            DirectoryEntry.Outcome outcome = super.change(agent, change);
            if (outcome.granted()) {
                trace("directory", agent, before, "->", outcome.after());
                noteOverride(before, outcome.after());
                checks.changed(agent, before, outcome.after());
            }
            return outcome;
        }
    };

    final MemoryStore store = new MemoryStore() {
        @Override
        protected boolean checksEpochs() {
            return weakness != Weakness.STORE_IGNORES_EPOCHS;
        }
    };

    private final Map<String, Set<Desktop>> overriding = new HashMap<>();
    private final List<String> slots = new ArrayList<>();
    private int addresses;
    private int lives;
    private boolean calm;

    World(long seed, Weakness weakness) {
        this.weakness = weakness;
        this.faults = new Faults(seed, time);
        this.switchboard = new Switchboard(this, seed);
        for (int i = 1; i <= 3; i++) {
            startNode("n" + i);
        }
        for (int i = 0; i < AGENTS; i++) {
            Desktop desktop = new Desktop(this, Integer.toString(1001 + i), false);
            desktops.put(desktop.agent(), desktop);
            desktop.comesSoon(2_000);
        }
    }

    /** Somebody logs in, works a little, and his computer is switched off for good. */
    private void visitorsCome(long within) {
        for (int i = 0; i < VISITORS; i++) {
            Desktop visitor = new Desktop(this, Integer.toString(1001 + AGENTS + i), false);
            visitor.comesSoon(2_000);
            time.after(faults.between(3_000, (int) within), () -> {
                visitor.retire();
                if (visitor.connection() != null) {
                    visitor.connection().breaks(true);
                }
            });
        }
    }

    private void startNode(String slot) {
        String name = slot + '.' + ++lives;
        nodes.put(name, new SimulatedNode(this, name));
        slots.add(name);
    }

    /** Returns a node that a client can connect to, or null. */
    SimulatedNode someNode() {
        List<SimulatedNode> up =
                nodes.values().stream().filter(node -> !node.isDead()).toList();
        return up.isEmpty() ? null : up.get(faults.random.nextInt(up.size()));
    }

    String newAddress() {
        return "c" + ++addresses;
    }

    boolean isCalm() {
        return calm;
    }

    /** A desktop is about to override whatever session its agent has. */
    void overrides(Desktop desktop) {
        overriding.computeIfAbsent(desktop.agent(), any -> new HashSet<>(2)).add(desktop);
    }

    boolean wasOverriddenByAnother(Desktop desktop) {
        return overriding.getOrDefault(desktop.agent(), Set.of()).stream().anyMatch(other -> other != desktop);
    }

    /** Returns whether a late answer over this connection has a reason that is not the session's. */
    boolean hasTrouble(Connection connection) {
        return connection.node().isDead() || connection.node().wasInTrouble(PATIENCE);
    }

    private void noteOverride(DirectoryEntry before, DirectoryEntry after) {
        if (before != null
                && before.occupied()
                && after.occupied()
                && !after.session().equals(before.session())) {
            overriders.put(before.session().value(), after.node());
        }
    }

    /** Whether whoever has overridden a session may not have been able to say so. */
    boolean overriderHasTrouble(String session) {
        SimulatedNode overrider = nodes.get(overriders.get(session));
        return overrider != null && (overrider.isDead() || overrider.wasInTrouble(PATIENCE));
    }

    // ---- fate

    /** Lets everything go wrong for a while. */
    void storm(long millis) {
        long end = time.now() + millis;
        faults.perThousand = 15;
        strikes(end);
        customersCall(end);
        visitorsCome(millis);
        run(end);
    }

    private void customersCall(long end) {
        time.after(faults.between(10, 250), () -> {
            if (time.now() < end) {
                switchboard.customerCalls(
                        faults.oneIn(2) ? "8001" : "8002", faults.oneIn(3) ? 0 : faults.between(100, 4_000));
                if (faults.oneIn(3)) {
                    switchboard.someCustomerHangsUp();
                }
                customersCall(end);
            }
        });
    }

    private void strikes(long end) {
        time.after(faults.between(20, 400), () -> {
            if (time.now() < end) {
                strike();
                strikes(end);
            }
        });
    }

    private void strike() {
        int chance = faults.random.nextInt(100);
        SimulatedNode node = someNode();
        if (chance < 55) {
            breakAConnection();
        } else if (chance < 75) {
            someoneElseLogsIn();
        } else if (chance < 82) {
            node.freeze(faults.between(100, 2_500));
        } else if (chance < 88) {
            node.troubled();
            node.cut(true);
            time.after(faults.between(200, 2_500), () -> node.cut(false));
        } else if (chance < 92
                && nodes.values().stream().filter(n -> !n.isDead()).count() == 3) {
            node.die();
            time.after(faults.between(1_000, 4_000), () -> startNode("n"));
        } else if (chance < 97 && switchboard.linkUp()) {
            switchboard.link(false);
            time.after(faults.between(100, 2_500), () -> switchboard.link(true));
        }
    }

    private void breakAConnection() {
        Desktop desktop = someDesktop();
        if (desktop.connection() != null) {
            desktop.connection().breaks(true);
        }
    }

    private Desktop someDesktop() {
        return desktops.get(Integer.toString(1001 + faults.random.nextInt(AGENTS)));
    }

    /** The agent logs in somewhere else; the desktop that he had goes on until it is told. */
    private void someoneElseLogsIn() {
        Desktop old = someDesktop();
        old.retire();
        if (faults.oneIn(2)) {
            // and in a third place at the same time, from where he goes away at once
            Desktop third = new Desktop(this, old.agent(), true);
            third.comesSoon(50);
            time.after(60, third::retire);
        }
        Desktop other = new Desktop(this, old.agent(), true);
        desktops.put(old.agent(), other);
        other.comesSoon(50);
    }

    /** Tells what happens, if somebody wants to read it. */
    void trace(Object... words) {
        if (TRACE) {
            StringBuilder line = new StringBuilder().append(time.now() - VirtualTime.START);
            for (Object word : words) {
                line.append(' ').append(word);
            }
            TRACED.println(line);
        }
    }

    private void run(long end) {
        while (time.step(end)) {
            // the checks are where things happen
        }
    }

    /** Nothing goes wrong any more: lets everything settle, and tells whether it has. */
    void settle(long millis) {
        calm = true;
        faults.perThousand = 0;
        nodes.values().forEach(node -> node.cut(false));
        if (!switchboard.linkUp()) {
            switchboard.link(true);
        }
        run(time.now() + millis);
        new Settled(this).check();
    }
}
