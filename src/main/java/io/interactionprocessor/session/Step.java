package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.protocol.SessionEndReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What one input made a {@link Session} do: what to tell its client, in order, and what to ask of the switch. The host
 * carries it out.
 */
final class Step {
    /** Something to tell the client. */
    sealed interface Output {}

    /** An answer; {@code copies} of it go out now, and it is kept for repetitions. */
    record Answer(Response response, int fingerprint, int copies) implements Output {}

    /** An answer that shows the session as it is after the events told so far; it takes the last one's sequence. */
    record Shown(LongFunction<Response> response, int fingerprint, int copies) implements Output {}

    /** A kept answer, told again. */
    record Again(String requestId, String text) implements Output {}

    /**
     * An event whose sequence and actions are filled in when the step is over, so that it shows the session as the step
     * leaves it.
     */
    record Draft(String target, String requestId, Function<Actions, Event.Body> body) implements Output {}

    /** A command for the switch. */
    record Order(String id, Command command) {}

    private final List<Output> outputs = new ArrayList<>(4);
    private final List<Order> orders = new ArrayList<>(1);
    private boolean attach;
    private SessionEndReason ended;

    void tell(Output output) {
        outputs.add(output);
    }

    void order(String id, Command command) {
        orders.add(new Order(id, command));
    }

    void attach() {
        attach = true;
    }

    void end(SessionEndReason reason) {
        ended = reason;
    }

    /** Returns what to tell the client, in order. */
    List<Output> outputs() {
        return outputs;
    }

    /** Returns whether a request's answer is among what to tell. */
    boolean answers(String requestId) {
        return outputs.stream()
                .anyMatch(output -> output instanceof Answer answer
                        && requestId.equals(answer.response().requestId()));
    }

    /** Returns what to ask of the switch, in order. */
    List<Order> orders() {
        return orders;
    }

    /** Returns whether the session is to be attached to its agent (again) and wants the view. */
    boolean wantsAttachment() {
        return attach;
    }

    /** Returns why the session has ended with this step, or null. */
    SessionEndReason ended() {
        return ended;
    }
}
