package io.interactionprocessor.cti;

import static io.interactionprocessor.testkit.Eventually.eventuallyGet;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Drives a connector from a test's thread: everything runs on one context, as under the CTI verticle. */
public final class ConnectorDriver implements Connector.Listener {
    private static final AtomicInteger COMMANDS = new AtomicInteger();

    private final Connector connector;
    private final Context context;
    private final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> links = new CopyOnWriteArrayList<>();

    /** The connector is used by this driver alone. */
    public ConnectorDriver(Vertx vertx, Connector connector) {
        this.connector = connector;
        this.context = vertx.getOrCreateContext();
    }

    @Override
    public void agentChanged(AgentEvent event) {
        events.add(event);
    }

    @Override
    public void linkChanged(boolean up, String reason) {
        links.add(up ? "up" : "down: " + reason);
    }

    /** Calls on the connector's context and returns the future's result. */
    public <T> T call(Supplier<Future<T>> asked) {
        try {
            return later(asked).await(5, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError("the connector failed", failed);
        }
    }

    /** Calls on the connector's context. */
    public <T> Future<T> later(Supplier<Future<T>> asked) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(tick -> asked.get().onComplete(promise));
        return promise.future();
    }

    /** Becomes the link's holder. */
    public void connect(long lease) {
        call(() -> connector.connect(new Epoch(lease), this));
    }

    /** Attaches with epoch 1 and returns the agent's view. */
    public AgentView view(String agent) {
        return call(() -> connector.attach(agent, new Epoch(1))).view();
    }

    /** Executes a command with an id of its own and epoch 1. */
    public Reply execute(String agent, Command command) {
        return execute(new AgentCommand(agent, new Epoch(1), "command-" + COMMANDS.incrementAndGet(), command));
    }

    /** Executes a command. */
    public Reply execute(AgentCommand command) {
        return call(() -> connector.execute(command));
    }

    /** Executes a command that must be accepted. */
    public Reply accepted(String agent, Command command) {
        Reply reply = execute(agent, command);
        assertThat(reply.refusal())
                .as("%s %s: %s", agent, command, reply.message())
                .isNull();
        return reply;
    }

    /** Waits until the newest event's view of an agent is as wanted. */
    public AgentView await(String agent, Predicate<AgentView> wanted) {
        return eventuallyGet(() -> {
            List<AgentView> views = events(agent).stream().map(AgentEvent::view).toList();
            assertThat(views).as("views of " + agent).isNotEmpty();
            AgentView last = views.get(views.size() - 1);
            assertThat(last).as("view of " + agent).matches(wanted);
            return last;
        });
    }

    /** Returns the events of an agent so far. */
    public List<AgentEvent> events(String agent) {
        return events.stream()
                .filter(event -> event.view().agent().equals(agent))
                .toList();
    }

    /** Returns what was said of the link so far. */
    public List<String> links() {
        return links;
    }
}
