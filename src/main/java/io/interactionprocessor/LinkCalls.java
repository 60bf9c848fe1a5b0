package io.interactionprocessor;

import io.interactionprocessor.cti.LinkClient;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.session.Ports;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The session core's call control over the links of one instance-domain. Used on its session verticle's context. */
final class LinkCalls implements Ports.CallControl {
    private final Map<String, LinkClient> clients;
    private final String eventAddress;
    private final LinkAvailability availability;

    /** Creates it; {@code eventAddress} is where agents' events are to go. */
    LinkCalls(Map<String, LinkClient> clients, String eventAddress, LinkAvailability availability) {
        this.clients = Map.copyOf(clients);
        this.eventAddress = eventAddress;
        this.availability = availability;
    }

    @Override
    public CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch) {
        return clients.get(processor).attach(agent, epoch, eventAddress).toCompletionStage();
    }

    @Override
    public CompletionStage<Reply> execute(String processor, AgentCommand command) {
        return clients.get(processor).execute(command).toCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> available(String processor) {
        return availability.settled(processor).toCompletionStage();
    }
}
