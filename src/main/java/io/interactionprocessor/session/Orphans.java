package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.SessionState.Phase;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sessions whose node has gone and whose clients have not come back: the nodes that are left share them, since somebody has
 * to hear their agents' events and let time run for them (protocol 6.1).
 */
final class Orphans {
    private final SessionHost host;
    private final HostPorts ports;
    private final Pace pace;
    private final Set<String> expected = new HashSet<>();

    Orphans(SessionHost host, HostPorts ports, Pace pace) {
        this.host = host;
        this.ports = ports;
        this.pace = pace;
    }

    /** A node has gone. Most of its clients come back at once, and a session that is bound needs nobody else. */
    void nodeLeft(String node) {
        if (expected.add(node)) {
            long since = ports.time().now();
            ports.timers().after(ports.settings().notReadyAfter() / 2, () -> {
                expected.remove(node);
                look(node, since);
            });
        }
    }

    private void look(String node, long since) {
        if (ports.place().isMember(node) || !mayOwn()) {
            return;
        }
        ports.directory().ownedBy(ports.domain(), node, Tally.ALL).whenComplete((owned, failure) -> {
            // what is not found now the next comparison finds
            if (failure == null) {
                Ports.Share share = ports.place().share();
                owned.forEach((agent, entry) -> {
                    if (share.has(entry.session().value())) {
                        pace.add(() -> adopt(agent, entry.session(), node, since));
                    }
                });
            }
        });
    }

    private CompletionStage<Void> adopt(AgentKey agent, SessionId session, String from, long since) {
        if (!mayOwn()) {
            return CompletableFuture.completedFuture(null);
        }
        return ports.directory()
                .adopt(agent, session, from, ports.place().node())
                .thenCompose(outcome -> outcome.granted()
                        ? settle(agent, outcome.after(), since)
                        : CompletableFuture.completedFuture(null));
    }

    /**
     * Sees to a session that the directory says is this node's, and nobody here knows of. A binding that came late may have
     * taken it from where its client is: who has it there is to hear that it has moved, not that its client wanted so.
     *
     * @param since when its client was lost, at the latest
     */
    CompletionStage<Void> found(AgentKey agent, DirectoryEntry entry, long since) {
        if (host.expected().contains(entry.session()) || isHere(entry)) {
            return CompletableFuture.completedFuture(null);
        }
        String self = ports.place().node();
        return entry.adopted()
                ? settle(agent, entry, since)
                : ports.directory()
                        .adopt(agent, entry.session(), self, self)
                        .thenCompose(outcome -> outcome.granted()
                                ? settle(agent, outcome.after(), since)
                                : CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> settle(AgentKey agent, DirectoryEntry entry, long since) {
        return ports.store()
                .fence(entry.session(), entry.epoch(), StoredSession.NO_EVENTS)
                .thenCompose(stored -> {
                    if (isHere(entry)) {
                        return CompletableFuture.completedFuture(null);
                    }
                    Optional<StoredSession> alive =
                            stored.filter(found -> found.state().phase() != Phase.ENDED);
                    if (alive.isEmpty()) {
                        // claimed and never stored, or over; if another node has it by now, this is refused
                        return ports.directory()
                                .release(agent, entry.session(), entry.epoch())
                                .thenCompose(released -> released.granted()
                                        ? ports.store().remove(entry.session(), entry.epoch())
                                        : CompletableFuture.completedFuture(null));
                    }
                    if (!ports.processors().containsKey(alive.get().state().processor())) {
                        return passOn(agent, entry, alive.get().state().processor());
                    }
                    Hosted hosted = host.adopt(
                            alive.get().state().boundBy(entry.keyHash()),
                            entry.epoch(),
                            alive.get().answers(),
                            alive.get().step(),
                            false);
                    hosted.adoptDetached(since);
                    hosted.verify();
                    ports.audit().happened(Ports.Audit.Happening.ADOPTED);
                    return CompletableFuture.completedFuture(null);
                });
    }

    /** This node does not host the session's processor, another does: that one's comparison finds it. */
    private CompletionStage<Void> passOn(AgentKey agent, DirectoryEntry entry, String processor) {
        return ports.place()
                .hostOf(processor, entry.session())
                .map(other -> ports.directory()
                        .adopt(agent, entry.session(), ports.place().node(), other)
                        .<Void>thenApply(passed -> null))
                .orElse(CompletableFuture.completedFuture(null));
    }

    private boolean mayOwn() {
        return ports.place().quorum() && ports.place().accepting();
    }

    private boolean isHere(DirectoryEntry entry) {
        Hosted here = host.find(entry.session());
        return here != null && !here.session().epoch().isOlderThan(entry.epoch());
    }
}
