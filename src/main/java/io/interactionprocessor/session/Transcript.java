package io.interactionprocessor.session;

import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a step tells the client, rendered, in order, and what of it is to be stored. */
final class Transcript {
    private static final MessageWriter WRITER = new MessageWriter();

    private final String service;
    private final String resource;
    private final Answers answers;
    private final List<String> frames = new ArrayList<>(4);
    private final List<StoredAnswer> newAnswers = new ArrayList<>(1);
    private final List<StoredEvent> newEvents = new ArrayList<>(4);
    private final List<String> answered = new ArrayList<>(1);
    private String lastCause;
    private boolean showedAll;

    /**
     * Renders a step.
     *
     * @param tree as the step has left it; told afterwards what its client now knows
     * @param sequence the last event's sequence before this step
     */
    static Transcript of(Step step, ObjectTree tree, String service, String resource, long sequence, Answers answers) {
        Map<String, Actions> now = tree.actionsByPath();
        Map<String, Actions> before = tree.announce(now);
        Transcript transcript = new Transcript(service, resource, answers);
        Set<String> told = new HashSet<>();
        long last = sequence;
        for (Step.Output output : step.outputs()) {
            if (output instanceof Step.Draft draft) {
                if (transcript.event(draft, ++last, tree.actionsAt(draft.target(), now))) {
                    told.add(draft.target());
                }
                if (transcript.showedAll) {
                    told.addAll(now.keySet());
                }
            } else if (output instanceof Step.Shown shown) {
                transcript.answer(shown.response().apply(last), shown.fingerprint(), shown.copies());
            } else if (output instanceof Step.Answer answer) {
                transcript.answer(answer.response(), answer.fingerprint(), answer.copies());
            } else if (output instanceof Step.Again again) {
                transcript.frames.add(again.text());
                transcript.answered.add(again.requestId());
            }
        }
        // nothing follows session.ended
        Map<String, Actions> toTell = step.ended() == null ? now : Map.of();
        for (Map.Entry<String, Actions> entry : toTell.entrySet()) {
            if (!entry.getValue().equals(before.get(entry.getKey())) && !told.contains(entry.getKey())) {
                Step.Draft update = new Step.Draft(entry.getKey(), transcript.lastCause, Event.ActionsUpdated::new);
                transcript.event(update, ++last, entry.getValue());
            }
        }
        return transcript;
    }

    private Transcript(String service, String resource, Answers answers) {
        this.service = service;
        this.resource = resource;
        this.answers = answers;
    }

    /** Adds an event; returns whether it tells the object's actions. */
    private boolean event(Step.Draft draft, long sequence, Actions actions) {
        Event.Body body = draft.body().apply(actions);
        String text = WRITER.event(service, resource, new Event(draft.target(), sequence, draft.requestId(), body));
        frames.add(text);
        newEvents.add(new StoredEvent(sequence, text));
        lastCause = draft.requestId();
        showedAll = body instanceof Event.SessionSnapshot;
        return body instanceof Event.Created
                || body instanceof Event.Preview
                || body instanceof Event.StateUpdated
                || body instanceof Event.InfoChanged
                || body instanceof Event.SessionSnapshot;
    }

    private void answer(Response response, int fingerprint, int copies) {
        String text = WRITER.response(response);
        for (int i = 0; i < copies; i++) {
            frames.add(text);
            answered.add(response.requestId());
        }
        StoredAnswer kept = new StoredAnswer(response.requestId(), fingerprint, text);
        answers.keep(kept);
        newAnswers.add(kept);
    }

    /** Returns whether there is nothing to tell and nothing to keep. */
    boolean isEmpty() {
        return frames.isEmpty() && newAnswers.isEmpty();
    }

    List<String> frames() {
        return frames;
    }

    List<StoredAnswer> newAnswers() {
        return newAnswers;
    }

    List<StoredEvent> newEvents() {
        return newEvents;
    }

    /** The ids of the requests that frames answer, one for each such frame. */
    List<String> answered() {
        return answered;
    }
}
