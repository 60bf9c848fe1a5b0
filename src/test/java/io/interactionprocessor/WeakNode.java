package io.interactionprocessor;

import io.interactionprocessor.config.ConfigLoader;
import io.interactionprocessor.cti.LinkLease;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.Ports;
import io.interactionprocessor.session.StoredSession;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

/**
 * A node without one of the parts that keep sessions safe, started by the torture harness in place of a real one: the harness
 * must notice. Which part, the system property {@code weakness} says.
 */
public final class WeakNode {
    private static final Timer LATER = new Timer("later", true);
    private static final long LATE_MS = 4_000;
    private static final long UNTIL_STARTED = 15;
    private static final long BETWEEN_MS = 40;
    private static final Epoch BEYOND_ALL = new Epoch(1L << 40);

    private WeakNode() {}

    /** Runs a node until it is killed. */
    public static void main(String[] args) throws Exception {
        List<String> settings = new ArrayList<>();
        String config = "";
        for (int i = 1; i < args.length; i += 2) {
            switch (args[i]) {
                case "--config" -> config = args[i + 1];
                case "--set" -> settings.add(args[i + 1]);
                default -> exitWith(Long.parseLong(args[i + 1]));
            }
        }
        String weakness = System.getProperty("weakness");
        if (weakness.equals("lease")) {
            // Alone it is a majority: no node's lease on acting ends, and the grid protects nothing.
            settings.add("cluster.quorum=1");
        }
        Node node = Node.start(ConfigLoader.load(config, Map.of(), settings), seams(weakness))
                .await();
        System.out.println("ready " + node.url());
        new CountDownLatch(1).await();
    }

    private static void exitWith(long parent) {
        Thread watch = new Thread(
                () -> {
                    ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static Seams seams(String weakness) {
        Seams none = Seams.NONE;
        return switch (weakness) {
            case "none" -> none;
            case "replication" -> new Seams(none.directory(), Late::new, none.calls(), none.lease());
            case "lease" -> new Seams(none.directory(), none.store(), none.calls(), ForEver::new);
            case "epoch" -> new Seams(WeakNode::untold, none.store(), NoEpochs::new, none.lease());
            case "untold" -> new Seams(WeakNode::untold, none.store(), none.calls(), none.lease());
            case "claim" -> new Seams(WeakNode::checkThenAct, none.store(), none.calls(), none.lease());
            default -> throw new IllegalArgumentException(weakness);
        };
    }

    /** Looks whether the agent is free and then, a moment later, claims it: what a lock does that lets two in. */
    private static Ports.Directory checkThenAct(Ports.Directory real) {
        return with(Ports.Directory.class, real, (name, arguments) -> {
            if (!name.equals("claim")) {
                return null;
            }
            AgentKey agent = (AgentKey) arguments[0];
            return real.find(agent).thenCompose(found -> {
                if (found.isPresent() && found.get().occupied()) {
                    return CompletableFuture.completedFuture(
                            new DirectoryEntry.Outcome(false, found.get(), found.get()));
                }
                CompletableFuture<DirectoryEntry.Outcome> claimed = new CompletableFuture<>();
                SessionId session = (SessionId) arguments[1];
                String node = (String) arguments[2];
                Vertx.currentContext()
                        .owner()
                        .setTimer(
                                BETWEEN_MS,
                                timer -> real.override(agent, Epoch.NONE, false, session, node, (long) arguments[3])
                                        .thenAccept(claimed::complete));
                return claimed;
            });
        });
    }

    /** Who has lost the session does not hear of it: alone that does no harm, as the switch refuses older epochs. */
    private static Ports.Directory untold(Ports.Directory real) {
        return with(Ports.Directory.class, real, (name, arguments) -> switch (name) {
            case "claim" ->
                unseen(real.claim(
                        (AgentKey) arguments[0], (SessionId) arguments[1], (String) arguments[2], (long) arguments[3]));
            case "override" ->
                unseen(real.override(
                        (AgentKey) arguments[0],
                        (Epoch) arguments[1],
                        (boolean) arguments[2],
                        (SessionId) arguments[3],
                        (String) arguments[4],
                        (long) arguments[5]));
            default -> null;
        });
    }

    private static CompletionStage<DirectoryEntry.Outcome> unseen(CompletionStage<DirectoryEntry.Outcome> claimed) {
        return claimed.thenApply(
                outcome -> outcome.granted() ? new DirectoryEntry.Outcome(true, null, outcome.after()) : outcome);
    }

    private interface Instead {
        /** Returns the result, or null for what the real one does. */
        Object of(String name, Object[] arguments);
    }

    private static <T> T with(Class<T> port, T real, Instead instead) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    Object result = instead.of(method.getName(), arguments);
                    return result == null ? method.invoke(real, arguments) : result;
                }));
    }

    /** Says that it has stored what it will only store some seconds later; not while sessions begin, so that they can. */
    private record Late(Ports.SessionStore real) implements Ports.SessionStore {
        @Override
        public CompletionStage<Boolean> append(SessionId session, StoredSession.Append append) {
            if (append.step() <= UNTIL_STARTED) {
                return real.append(session, append);
            }
            LATER.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            real.append(session, append);
                        }
                    },
                    LATE_MS);
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<Optional<StoredSession>> fence(SessionId session, Epoch epoch, long eventsAfter) {
            return real.fence(session, epoch, eventsAfter);
        }

        @Override
        public CompletionStage<Optional<StoredSession>> find(SessionId session, long eventsAfter) {
            return real.find(session, eventsAfter);
        }

        @Override
        public CompletionStage<Void> remove(SessionId session, Epoch epoch) {
            return real.remove(session, epoch);
        }
    }

    /** Commands the switch under an epoch that no other can be above. */
    private record NoEpochs(Ports.CallControl real) implements Ports.CallControl {
        @Override
        public CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch) {
            return real.attach(processor, agent, BEYOND_ALL);
        }

        @Override
        public CompletionStage<Reply> execute(String processor, AgentCommand command) {
            return real.execute(
                    processor, new AgentCommand(command.agent(), BEYOND_ALL, command.id(), command.command()));
        }

        @Override
        public CompletionStage<Boolean> available(String processor) {
            return real.available(processor);
        }
    }

    /** Once it has the lease it never lets it go, whoever else has it. */
    private static final class ForEver implements LinkLease {
        private final LinkLease real;
        private volatile boolean granted;

        ForEver(LinkLease real) {
            this.real = real;
        }

        @Override
        public void compete(Listener listener) {
            real.compete(new Listener() {
                @Override
                public void granted(Epoch epoch) {
                    if (!granted) {
                        granted = true;
                        listener.granted(epoch);
                    }
                }

                @Override
                public void lost() {
                    // and does not care
                }
            });
        }

        @Override
        public boolean held() {
            return granted;
        }

        @Override
        public Future<Void> release() {
            return real.release();
        }
    }
}
