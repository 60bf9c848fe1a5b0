package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compares the directory with the sessions that are here and the connections they have, every so often, and puts right what
 * differs (design 2, rule 3): word of an override got lost, a claim's answer did, entries were lost with two nodes at once.
 * When nothing differs it costs a tally for each node, not one question for each session; when something does, which is
 * always so while many log in, only the sessions of the slices that differ are read. Beside that a few of the sessions are
 * compared with the switch each time.
 */
final class Comparison {
    /** What differs may be on its way: it counts when it still differs after this time. */
    private static final long AGAIN = 500;

    /** How many sessions are compared with the switch each time. */
    private static final int EACH_TIME = 64;

    private final SessionHost host;
    private final HostPorts ports;
    private final Orphans orphans;
    private final Pace pace;
    private final Supplier<? extends Collection<Hosted>> sessions;
    /** Whose turn it is to be compared with the switch; some will have ended by then. */
    private final Deque<SessionId> turns = new ArrayDeque<>();

    private boolean over;

    /** What differs between the directory and this node. */
    private record Differences(Map<AgentKey, DirectoryEntry> onlyInDirectory, Set<Hosted> onlyHere) {}

    Comparison(
            SessionHost host,
            HostPorts ports,
            Orphans orphans,
            Pace pace,
            Supplier<? extends Collection<Hosted>> sessions) {
        this.host = host;
        this.ports = ports;
        this.orphans = orphans;
        this.pace = pace;
        this.sessions = sessions;
    }

    void start() {
        ports.timers().after(ports.settings().compareEvery(), this::look);
    }

    void stop() {
        over = true;
    }

    private void look() {
        if (over) {
            return;
        }
        start();
        if (!ports.place().quorum()) {
            return;
        }
        compareWithSwitch();
        int unconnected = forgetGoneConnections();
        ports.directory().survey(ports.domain()).whenComplete((survey, failure) -> {
            if (failure != null || over) {
                return;
            }
            survey.keySet().stream()
                    .filter(node -> !ports.place().isMember(node))
                    .forEach(orphans::nodeLeft);
            Tally directory = survey.getOrDefault(ports.place().node(), new Tally());
            long slices = directory.differsFrom(tally());
            if (slices == 0) {
                ports.audit().compared(host.size(), new Ports.Discrepancies(0, 0, unconnected));
            } else {
                confirm(slices, unconnected);
            }
        });
    }

    /** A few each time, as many however many there are: what changes is told, and this is only for what got lost. */
    private void compareWithSwitch() {
        if (turns.isEmpty()) {
            sessions.get().forEach(hosted -> turns.addLast(hosted.session().id()));
        }
        for (int asked = 0; asked < EACH_TIME && !turns.isEmpty(); ) {
            Hosted next = host.find(turns.pollFirst());
            if (next != null) {
                asked++;
                pace.add(() -> next.attaching().compare());
            }
        }
    }

    private Tally tally() {
        Tally tally = new Tally();
        for (Hosted hosted : sessions.get()) {
            if (hosted.isOwner()) {
                tally.add(hosted.session().id(), hosted.session().epoch());
            }
        }
        return tally;
    }

    private void confirm(long slices, int unconnected) {
        differences(
                slices,
                first -> ports.timers()
                        .after(
                                AGAIN,
                                () -> differences(slices, second -> {
                                    second.onlyHere().retainAll(first.onlyHere());
                                    second.onlyInDirectory()
                                            .entrySet()
                                            .retainAll(first.onlyInDirectory().entrySet());
                                    Ports.Discrepancies found = new Ports.Discrepancies(
                                            second.onlyInDirectory().size(),
                                            second.onlyHere().size(),
                                            unconnected);
                                    ports.audit().compared(host.size(), found);
                                    second.onlyHere().forEach(Hosted::verify);
                                    long now = ports.time().now();
                                    second.onlyInDirectory()
                                            .forEach((agent, entry) ->
                                                    pace.add(() -> orphans.settle(agent, entry, now)));
                                })));
    }

    private void differences(long slices, Consumer<Differences> then) {
        ports.directory().ownedBy(ports.domain(), ports.place().node(), slices).whenComplete((owned, failure) -> {
            if (failure == null && !over) {
                Map<AgentKey, DirectoryEntry> onlyInDirectory = new HashMap<>(owned);
                onlyInDirectory.values().removeIf(entry -> host.isClaiming(entry.session()));
                Set<Hosted> onlyHere = new HashSet<>();
                for (Hosted hosted : sessions.get()) {
                    AgentKey agent = hosted.session().origin().agent();
                    DirectoryEntry entry = owned.get(agent);
                    if (entry != null && isOf(entry, hosted)) {
                        onlyInDirectory.remove(agent);
                    } else if (hosted.isOwner() && Tally.isIn(hosted.session().id(), slices)) {
                        onlyHere.add(hosted);
                    }
                }
                then.accept(new Differences(onlyInDirectory, onlyHere));
            }
        });
    }

    private static boolean isOf(DirectoryEntry entry, Hosted hosted) {
        SessionId session = hosted.session().id();
        return session.equals(entry.session())
                && entry.epoch().equals(hosted.session().epoch());
    }

    private int forgetGoneConnections() {
        Set<String> gone = new HashSet<>();
        for (Hosted hosted : sessions.get()) {
            String connection = hosted.connection();
            if (connection != null && !ports.clients().isOpen(connection)) {
                gone.add(connection);
            }
        }
        gone.forEach(host::connectionGone);
        return gone.size();
    }
}
