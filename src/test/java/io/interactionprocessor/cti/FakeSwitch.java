package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A connector that does what a test says: answers, is silent, cannot connect, loses its link. */
final class FakeSwitch implements Connector {
    final List<String> executed = new CopyOnWriteArrayList<>();
    final List<Epoch> leases = new CopyOnWriteArrayList<>();
    final AtomicInteger connectFailures = new AtomicInteger();
    volatile boolean silent;
    volatile boolean losesCommands;
    volatile boolean connected;
    /** How it tells what a command has done; null: not at all. */
    volatile Telling tells;

    /** What connecting gives, unless it fails. */
    volatile Future<Void> connecting = Future.succeededFuture();

    /** What disconnecting gives. */
    volatile Future<Void> leaving = Future.succeededFuture();

    final AtomicLong version = new AtomicLong(1);

    private volatile Listener listener;
    private volatile Context context;

    @Override
    public String vendor() {
        return "fake";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Set<Operation> operations() {
        return EnumSet.complementOf(EnumSet.of(Operation.SEND_DTMF));
    }

    @Override
    public Future<Void> connect(Epoch lease, Listener newListener) {
        leases.add(lease);
        if (connectFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture("no route");
        }
        connected = true;
        listener = newListener;
        context = Vertx.currentContext();
        return connecting;
    }

    @Override
    public Future<Void> disconnect() {
        connected = false;
        return leaving;
    }

    @Override
    public Future<Attachment> attach(String agent, Epoch epoch) {
        return Future.succeededFuture(Attachment.of(view(agent)));
    }

    @Override
    public Future<Reply> execute(AgentCommand command) {
        executed.add(command.id());
        if (silent) {
            return Promise.<Reply>promise().future();
        }
        if (tells != null) {
            return tells.execute(this, command);
        }
        return losesCommands ? Future.failedFuture("lost") : Future.succeededFuture(Reply.ACCEPTED);
    }

    @Override
    public Future<Void> ping() {
        return silent ? Promise.<Void>promise().future() : Future.succeededFuture();
    }

    @Override
    public Future<List<AgentView>> snapshotAll() {
        return Future.succeededFuture(List.of(view("ann"), view("bob")));
    }

    AgentView view(String agent) {
        return AgentView.loggedOff(agent, version.get(), 0);
    }

    void change(String agent) {
        change(agent, null);
    }

    private void change(String agent, String commandId) {
        version.incrementAndGet();
        AgentEvent event = new AgentEvent(view(agent), Map.of(), commandId);
        context.runOnContext(tick -> listener.agentChanged(event));
    }

    /** When a switch tells what a command has done. */
    enum Telling {
        WITH_THE_REPLY {
            @Override
            Future<Reply> execute(FakeSwitch pbx, AgentCommand command) {
                pbx.version.incrementAndGet();
                Promise<Reply> reply = Promise.promise();
                pbx.context.runOnContext(tick -> {
                    reply.complete(Reply.accepted(pbx.version.get()));
                    pbx.listener.agentChanged(new AgentEvent(pbx.view(command.agent()), Map.of(), command.id()));
                });
                return reply.future();
            }
        },
        AFTER_THE_REPLY {
            @Override
            Future<Reply> execute(FakeSwitch pbx, AgentCommand command) {
                pbx.context.runOnContext(next -> pbx.change(command.agent(), command.id()));
                return Future.succeededFuture(Reply.accepted(pbx.version.get() + 1));
            }
        };

        abstract Future<Reply> execute(FakeSwitch pbx, AgentCommand command);
    }

    void link(boolean up) {
        context.runOnContext(tick -> listener.linkChanged(up, up ? "" : "cut"));
    }
}
