package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link for as long as this node holds its lease: connects, asks for the pulse, and says when the link goes down and
 * comes up. One object for each time the lease is granted, so that what belonged to an earlier one goes unheard.
 */
final class HeldLink {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLink.class);

    /** After so many failures to connect another node may try. */
    private static final int ATTEMPTS = 5;

    /** Is told how the link is. */
    interface Listener {
        /**
         * Commands are executed from now on.
         *
         * @param views all agents', if the link was up before in this holder's time and events may have been missed
         */
        void up(Epoch lease, List<AgentView> views);

        /** No command is executed until it is up again. */
        void down(Epoch lease, String reason);

        void changed(AgentEvent event);

        /** This node cannot connect, or the link has been down for too long; said once. */
        void hopeless();
    }

    private final Vertx vertx;
    private final LinkSettings settings;
    private final Connector connector;
    private final Epoch lease;
    private final Listener listener;
    private final LinkPulse pulse;

    private boolean closed;
    private boolean connected;
    private boolean up;
    private boolean wasUp;
    private boolean silent;
    private boolean connectorUp = true;
    private int failures;
    private String reason = "connecting";
    private final long openedAt = now();
    private long downSince;
    private long timer = -1;

    HeldLink(Vertx vertx, LinkSettings settings, Connector connector, Epoch lease, Listener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.connector = connector;
        this.lease = lease;
        this.listener = listener;
        pulse = new LinkPulse(settings.silentAfter());
    }

    /** Connects, and goes on trying. */
    void open() {
        Future<Void> opened;
        try {
            opened = connector.connect(lease, new FromSwitch());
        } catch (RuntimeException thrown) {
            opened = Future.failedFuture(thrown);
        }
        opened.timeout(settings.passOnAfter(), TimeUnit.MILLISECONDS).onComplete(done -> {
            if (closed) {
                return;
            }
            if (done.succeeded()) {
                connected = true;
                timer = vertx.setPeriodic(settings.heartbeat(), tick -> beat());
                reconsider(connectorUp ? null : reason);
            } else {
                connectFailed(done.cause());
            }
        });
    }

    private void connectFailed(Throwable cause) {
        LOG.debug("link {}: cannot connect", settings.processor(), cause);
        reason = "cannot connect to the switch: " + cause.getMessage();
        if (failures++ == 0) {
            listener.down(lease, reason);
        }
        if (failures >= ATTEMPTS) {
            listener.hopeless();
        } else {
            timer = vertx.setTimer(settings.reconnect(), again -> open());
        }
    }

    /**
     * Gives the link up.
     *
     * @return completes when the connector has, or has been silent for too long; never fails
     */
    Future<Void> close() {
        closed = true;
        up = false;
        vertx.cancelTimer(timer);
        return connector
                .disconnect()
                .timeout(settings.silentAfter(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** Returns whether it is not known yet how the link is: the first attempt is under way, and not for too long. */
    boolean connecting() {
        return !connected && failures == 0 && now() - openedAt <= settings.silentAfter();
    }

    boolean up() {
        return up;
    }

    String reason() {
        return up ? "" : reason;
    }

    int inFlight() {
        return pulse.inFlight();
    }

    /** Watches the answer to something that the connector has been asked. */
    <T> Future<T> asked(Future<T> answer) {
        long command = pulse.commandSent(now());
        return answer.onComplete(done -> pulse.commandAnswered(command, now()));
    }

    private void beat() {
        if (wasUp && !up && now() - downSince > settings.passOnAfter()) {
            LOG.info("link {}: down for {} ms, another node may try", settings.processor(), now() - downSince);
            listener.hopeless();
            return;
        }
        if (pulse.silent(now())) {
            // Forgotten, so that it is asked anew: what was never answered will hardly be.
            pulse.forget();
            if (!silent) {
                silent = true;
                reconsider("the switch has not answered for " + settings.silentAfter() + " ms");
            }
        }
        if (pulse.pings(now())) {
            connector
                    .ping()
                    .onSuccess(answered -> {
                        pulse.pingAnswered(now());
                        if (!closed && silent) {
                            silent = false;
                            reconsider(null);
                        }
                    })
                    .onFailure(failed -> pulse.pingFailed());
        }
    }

    /** Goes up when nothing speaks against it any more, down when something does. */
    private void reconsider(String against) {
        if (closed) {
            return;
        }
        if (against != null) {
            reason = against;
        }
        boolean good = connected && connectorUp && !silent;
        if (!good && connected && (up || !wasUp)) {
            up = false;
            wasUp = true;
            downSince = now();
            listener.down(lease, reason);
        } else if (good && !up) {
            comeUp();
        }
    }

    private void comeUp() {
        if (!wasUp) {
            up = true;
            wasUp = true;
            listener.up(lease, List.of());
            return;
        }
        connector.snapshotAll().onComplete(views -> {
            if (closed || up || !connectorUp || silent) {
                return;
            }
            if (views.failed()) {
                LOG.warn("link {}: cannot read the switch's state", settings.processor(), views.cause());
                vertx.setTimer(settings.reconnect(), again -> reconsider(null));
                return;
            }
            up = true;
            listener.up(lease, views.result());
        });
    }

    /** Monotonic: a wall clock that is put right must not end a link. */
    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    private final class FromSwitch implements Connector.Listener {
        @Override
        public void agentChanged(AgentEvent event) {
            if (!closed) {
                listener.changed(event);
            }
        }

        @Override
        public void linkChanged(boolean linkUp, String why) {
            if (!closed) {
                connectorUp = linkUp;
                reconsider(linkUp ? null : why);
            }
        }
    }
}
