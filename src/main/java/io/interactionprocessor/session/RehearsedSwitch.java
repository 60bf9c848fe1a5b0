package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** A switch for a {@link Rehearsal}: an agent is logged on or off, and on one call or none. */
final class RehearsedSwitch implements Ports.CallControl {
    private static final String LEG = "leg";

    private final Map<String, AgentView> views = new HashMap<>();
    private BiConsumer<String, AgentEvent> listener = (processor, event) -> {};

    void listen(BiConsumer<String, AgentEvent> changed) {
        listener = changed;
    }

    void logOn(String agent) {
        views.put(agent, view(agent, true, Availability.READY, List.of()));
    }

    void call(String processor, String agent) {
        for (ConversationState state : List.of(ConversationState.ALERTING, ConversationState.CONNECTED)) {
            tell(processor, view(agent, true, Availability.BUSY, List.of(leg(agent, state))), Map.of(), null);
        }
    }

    void callEnds(String processor, String agent) {
        tell(processor, view(agent, true, Availability.READY, List.of()), Map.of(LEG, Cause.NORMAL), null);
    }

    @Override
    public CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch) {
        return CompletableFuture.completedFuture(Attachment.of(views.get(agent)));
    }

    @Override
    public CompletionStage<Reply> execute(String processor, AgentCommand command) {
        boolean stays = !(command.command() instanceof Command.LogOff);
        AgentView after = view(command.agent(), stays, Availability.NOT_READY, List.of());
        CompletableFuture<Reply> reply = CompletableFuture.completedFuture(Reply.accepted(after.version()));
        tell(processor, after, Map.of(), command.id());
        return reply;
    }

    @Override
    public CompletionStage<Boolean> available(String processor) {
        return CompletableFuture.completedFuture(true);
    }

    private void tell(String processor, AgentView after, Map<String, Cause> ended, String commandId) {
        views.put(after.agent(), after);
        listener.accept(processor, new AgentEvent(after, ended, commandId));
    }

    private AgentView view(String agent, boolean loggedOn, Availability availability, List<CallLeg> legs) {
        AgentView before = views.get(agent);
        long version = before == null ? 1 : before.version() + 1;
        return new AgentView(
                agent, version, loggedOn, loggedOn ? agent : "", availability, null, null, null, version, legs);
    }

    private static CallLeg leg(String agent, ConversationState state) {
        Member self = new Member(LEG, agent, agent, MemberRole.AGENT, state);
        Member customer = new Member("party", "5550101", "5550101", MemberRole.CUSTOMER, ConversationState.CONNECTED);
        return new CallLeg(
                LEG,
                "call",
                null,
                state,
                Cause.NORMAL,
                Direction.INBOUND,
                "queue",
                "5550101",
                "8001",
                Map.of("customer", "4711"),
                false,
                false,
                List.of(self, customer),
                1);
    }
}
