package io.interactionprocessor.cti.example;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.model.*;
import io.interactionprocessor.model.csta.*;
import io.vertx.core.Future;
import java.util.*;

/** A switch that knows who is there, and no calls. What is kept here would be kept by the switch. */
public final class DoorbellConnector implements Connector {
    private final Map<String, AgentView> views = new TreeMap<>();
    private final Map<String, Reply> replies = new HashMap<>();
    private Listener listener;
    private long version;

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.LOG_ON, Operation.LOG_OFF);
    }

    @Override
    public Future<Void> connect(Epoch lease, Listener to) {
        listener = to;
        version = lease.value() << 32; // grows, over holders too
        return Future.succeededFuture();
    }

    @Override
    public Future<Attachment> attach(String agent, Epoch epoch) { // a real one refuses an older epoch
        return Future.succeededFuture(Attachment.of(views.getOrDefault(agent, AgentView.loggedOff(agent, version, 0))));
    }

    @Override
    public Future<Reply> execute(AgentCommand asked) { // the same again: the first reply, and nothing happens
        if (replies.containsKey(asked.id())) {
            return Future.succeededFuture(replies.get(asked.id()));
        }
        boolean on = asked.command() instanceof Command.LogOn;
        AgentView view = new AgentView(
                asked.agent(), ++version, on, "door", Availability.NOT_READY, null, null, null, 0, List.of());
        views.put(asked.agent(), view);
        return Future.succeededFuture(replies.merge(asked.id(), Reply.accepted(version), (first, again) -> first))
                .andThen(done -> listener.agentChanged(new AgentEvent(view, Map.of(), asked.id()))); // behind the reply
    }

    @Override
    public Future<List<AgentView>> snapshotAll() {
        return Future.succeededFuture(List.copyOf(views.values()));
    }
}
