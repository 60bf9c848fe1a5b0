package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.SessionState.Phase;

/**
 * What follows when the directory has granted this node a session that another owner has, or had (protocol 6.3): the other lets
 * go, the store is fenced, the session goes on here. Should its client not wait for that any more it goes on for nobody: the
 * client may have it over a newer connection by now, from which it must not be taken as by a client's wish.
 */
final class TakeOver {
    /** How soon the store is asked again, in ms. */
    private static final long RETRY = 500;

    private final SessionHost host;
    private final HostPorts ports;
    private final Binding binding;
    private final SessionId id;
    private final AgentKey agent;
    private final String from;
    private final String boundBefore;
    /** What the directory has granted. */
    private DirectoryEntry entry;

    private boolean forNobody;

    /**
     * Takes a session over when run.
     *
     * @param granted how the directory has granted it; {@link Expected#hasBound} is due when it is here, or will not be
     * @param boundBefore the hash by which the client had bound the session before, or null if it had not, as far as the
     *     directory knows
     */
    TakeOver(
            SessionHost host,
            HostPorts ports,
            Binding binding,
            SessionId id,
            AgentKey agent,
            DirectoryEntry.Outcome granted,
            String boundBefore) {
        this.host = host;
        this.ports = ports;
        this.binding = binding;
        this.id = id;
        this.agent = agent;
        this.from = granted.before().node();
        this.entry = granted.after();
        this.boundBefore = boundBefore;
    }

    void run() {
        if (isGivenUp()) {
            goOnForNobody();
        } else {
            take();
        }
    }

    private boolean isGivenUp() {
        return !forNobody && binding.isGivenUp();
    }

    /**
     * Whoever has the session has to hear that it is here, and not that its client wanted so. If this does not come about the
     * comparison does the same.
     */
    private void goOnForNobody() {
        if (isHere() || host.expected().bindings(id) > 1) {
            // the client has come here again, or is about to
            host.expected().hasBound(id);
            return;
        }
        String self = ports.place().node();
        ports.directory().adopt(agent, id, self, self).whenComplete((adopted, failure) -> {
            if (failure == null && adopted.granted()) {
                entry = adopted.after();
                forNobody = true;
                take();
            } else {
                host.expected().hasBound(id);
            }
        });
    }

    private void take() {
        host.takeFrom(from, id, entry.epoch(), binding.connection()).whenComplete((letGo, ignored) -> fence());
    }

    /** Whoever had the session may have taken its time: its client may have gone meanwhile, or goes while this one does. */
    private void fence() {
        if (isGivenUp()) {
            goOnForNobody();
            return;
        }
        ports.store().fence(id, entry.epoch(), binding.eventsAfter()).whenComplete((stored, failure) -> {
            if (failure != null && forNobody) {
                ports.timers().after(RETRY, this::fence);
            } else if (failure != null) {
                binding.unreachable();
                // the session is this node's already, so somebody has to see to it
                ports.timers().after(RETRY, this::goOnForNobody);
            } else if (isGivenUp()) {
                goOnForNobody();
            } else {
                host.expected().hasBound(id);
                if (stored.isPresent()) {
                    goOn(stored.get());
                } else if (!forNobody) {
                    binding.overtaken();
                }
            }
        });
    }

    private void goOn(StoredSession stored) {
        if (stored.state().phase() == Phase.ENDED) {
            // its owner had told the end, and died before it let go
            if (!forNobody) {
                binding.unknown();
            }
        } else if (isHere()) {
            // another binding on this node was faster: one epoch is for one owner
            if (!forNobody) {
                binding.look();
            }
        } else {
            Hosted hosted = host.adopt(
                    stored.state().boundBy(boundBefore), entry.epoch(), stored.answers(), stored.step(), !forNobody);
            if (forNobody) {
                hosted.adoptDetached(ports.time().now());
            } else {
                binding.takenOver(hosted, stored.events());
            }
            // an override may have gone by while the session was on its way
            hosted.verify();
        }
    }

    private boolean isHere() {
        Hosted here = host.find(id);
        return here != null && !here.session().epoch().isOlderThan(entry.epoch());
    }
}
