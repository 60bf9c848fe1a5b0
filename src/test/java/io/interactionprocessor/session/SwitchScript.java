package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Stands for the switch side: takes commands and keeps them until the test says what became of them. */
final class SwitchScript implements Ports.CallControl {
    /** A command that waits for its reply. */
    record Asked(AgentCommand command, CompletableFuture<Reply> reply) {}

    final Deque<Asked> asked = new ArrayDeque<>();
    final Deque<CompletableFuture<Attachment>> attaching = new ArrayDeque<>();
    int attached;
    boolean down;
    /** Whether the test answers attachments itself. */
    boolean holdsAttachments;

    private final Supplier<AgentView> view;

    SwitchScript(Supplier<AgentView> view) {
        this.view = view;
    }

    @Override
    public CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch) {
        attached++;
        if (down) {
            return CompletableFuture.completedFuture(
                    Attachment.refused(Refusal.CTI_UNAVAILABLE, "no link to the switch; try again later"));
        }
        if (holdsAttachments) {
            CompletableFuture<Attachment> waiting = new CompletableFuture<>();
            attaching.add(waiting);
            return waiting;
        }
        return CompletableFuture.completedFuture(Attachment.of(view.get()));
    }

    @Override
    public CompletionStage<Reply> execute(String processor, AgentCommand command) {
        if (down) {
            return CompletableFuture.completedFuture(
                    Reply.refused(Refusal.CTI_UNAVAILABLE, "no link to the switch; try again later"));
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        asked.add(new Asked(command, reply));
        return reply;
    }

    @Override
    public CompletionStage<Boolean> available(String processor) {
        return CompletableFuture.completedFuture(!down);
    }
}
