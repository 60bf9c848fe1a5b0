package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares the directory with the sessions that are here and the connections they have, every so often, and puts right what
 * differs (design 2, rule 3): word of an override got lost, a claim's answer did, entries were lost with two nodes at once.
 * When nothing differs it costs the same however many sessions there are: both sides keep their tallies as sessions come and
 * go. When something does, which is always so while many log in, only the sessions of the slices that differ are read.
 * Whether their connections are still there, and whether the switch says the same of their agents, is asked of some
 * sessions each time.
 */
final class Comparison {
    /** What differs may be on its way: it counts when it still differs after this time. */
    private static final long AGAIN = 500;

    /** How many sessions are compared with the switch each time. */
    private static final int WITH_SWITCH = 64;

    /** How many of the sessions' connections are looked for each time. */
    private static final int WITH_CONNECTION = 1_000;

    private final SessionHost host;
    private final HostPorts ports;
    private final Orphans orphans;
    private final Pace pace;
    private final Tally owned;
    private final Map<SessionId, Hosted> sessions;
    private final Rota<SessionId, Hosted> toSwitch;
    private final Rota<SessionId, Hosted> toConnection;
    /** Whether the last difference turned out to be none: then what was counted may be wrong. */
    private boolean doubtful;

    private boolean over;

    /** What differs between the directory and this node. */
    private record Differences(Map<AgentKey, DirectoryEntry> onlyInDirectory, Set<Hosted> onlyHere) {}

    Comparison(
            SessionHost host,
            HostPorts ports,
            Orphans orphans,
            Pace pace,
            Tally owned,
            Map<SessionId, Hosted> sessions) {
        this.host = host;
        this.ports = ports;
        this.orphans = orphans;
        this.pace = pace;
        this.owned = owned;
        this.sessions = sessions;
        this.toSwitch = new Rota<>(sessions);
        this.toConnection = new Rota<>(sessions);
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
        toSwitch.next(WITH_SWITCH, hosted -> pace.add(hosted.attaching()::compare));
        int unconnected = forgetGoneConnections();
        ports.directory().survey(ports.domain(), doubtful).whenComplete((survey, failure) -> {
            if (failure != null || over) {
                return;
            }
            survey.keySet().stream()
                    .filter(node -> !ports.place().isMember(node))
                    .forEach(orphans::nodeLeft);
            Tally directory = survey.getOrDefault(ports.place().node(), new Tally());
            long slices = directory.differsFrom(owned);
            doubtful = false;
            if (slices == 0) {
                ports.audit().compared(host.size(), new Ports.Discrepancies(0, 0, unconnected));
            } else {
                confirm(slices, unconnected);
            }
        });
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
                                    doubtful = second.onlyHere().isEmpty()
                                            && second.onlyInDirectory().isEmpty();
                                    second.onlyHere().forEach(Hosted::verify);
                                    long now = ports.time().now();
                                    second.onlyInDirectory()
                                            .forEach(
                                                    (agent, entry) -> pace.add(() -> orphans.found(agent, entry, now)));
                                })));
    }

    private void differences(long slices, Consumer<Differences> then) {
        ports.directory().ownedBy(ports.domain(), ports.place().node(), slices).whenComplete((owned, failure) -> {
            if (failure == null && !over) {
                Map<AgentKey, DirectoryEntry> onlyInDirectory = new HashMap<>(owned);
                onlyInDirectory.values().removeIf(entry -> host.expected().contains(entry.session()));
                Set<Hosted> onlyHere = new HashSet<>();
                for (Hosted hosted : sessions.values()) {
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
        toConnection.next(WITH_CONNECTION, hosted -> {
            String connection = hosted.connection();
            if (connection != null && !ports.clients().isOpen(connection)) {
                gone.add(connection);
            }
        });
        gone.forEach(host::connectionGone);
        return gone.size();
    }
}
