package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the contract says of all events and answers of a session, whatever happened in it. */
final class SessionChecks {

    /** Ids that tests send twice on purpose. */
    private static final Set<String> REPEATED = Set.of("repeated");

    private SessionChecks() {}

    /** Holds what the events said against a snapshot, and the sections that speak of all events. */
    static void agreement(SessionClient client) {
        JsonObject snapshot = client.snapshot();
        long sequence = snapshot.getLong("sequence");
        client.wire()
                .awaitThat("event " + sequence, RawClient.SOON, () -> client.lastSequence() >= sequence ? true : null);
        List<JsonObject> known = client.events().stream()
                .filter(event -> event.getLong("sequence") <= sequence)
                .toList();
        Mirror byEvents = Mirror.of(known);
        Mirror bySnapshot = Mirror.ofSnapshot(snapshot);
        List<String> wrong = new ArrayList<>(orderComplaints(client));
        wrong.addAll(byEvents.complaints());
        wrong.addAll(bySnapshot.complaints());
        wrong.addAll(byEvents.differences(bySnapshot));
        if (!wrong.isEmpty()) {
            throw new AssertionError(client.agent() + ":\n" + String.join("\n", wrong) + "\nevents: "
                    + known.stream()
                            .map(event -> event.getLong("sequence") + " " + SessionClient.name(event))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Section 6.2: the sequence, one answer to each request, and the response before its events. */
    static List<String> orderComplaints(SessionClient client) {
        List<String> wrong = new ArrayList<>();
        List<Long> sequences =
                client.events().stream().map(event -> event.getLong("sequence")).toList();
        long first = sequences.isEmpty() ? 1 : sequences.get(0);
        boolean fromSnapshot = !sequences.isEmpty()
                && "session.snapshot".equals(client.events().get(0).getString("name"));
        if (first != 1 && !fromSnapshot) {
            wrong.add("the first event has sequence " + first);
        }
        List<Long> wanted =
                IntStream.range(0, sequences.size()).mapToObj(at -> first + at).toList();
        if (!wanted.equals(sequences)) {
            wrong.add("sequences " + sequences);
        }
        wrong.addAll(answerComplaints(client));
        return wrong;
    }

    private static List<String> answerComplaints(SessionClient client) {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> answers = new HashMap<>();
        for (JsonObject message : client.wire().received()) {
            if (RawClient.isEvent(message)) {
                String cause = SessionClient.eventRequestId(message);
                if (cause != null && client.isOwn(cause) && !answers.containsKey(cause)) {
                    wrong.add("an event before the answer that it belongs to: " + message);
                }
            } else if (message.getString("requestId") != null) {
                answers.merge(message.getString("requestId"), 1, Integer::sum);
            }
        }
        answers.forEach((id, count) -> {
            if (count > 1 && !REPEATED.contains(id)) {
                wrong.add(count + " answers to " + id);
            }
        });
        return wrong;
    }

    /** Every blocked command of every object fails with the code that the snapshot gives, and nothing changes. */
    static void blocked(SessionClient client) {
        Mirror before = Mirror.ofSnapshot(client.snapshot());
        long last = client.lastSequence();
        List<String> wrong = new ArrayList<>();
        for (Mirror.Item item : before.items().values()) {
            item.blocked().forEach((command, code) -> {
                JsonObject response = client.request(command, item.target(), Commands.dataFor(command));
                String got = "failure".equals(response.getString("result"))
                        ? response.getJsonObject("failure").getString("code")
                        : response.getString("result");
                if (!code.equals(got)) {
                    wrong.add(command + " on " + item + " is blocked with " + code + ", got " + got);
                }
            });
        }
        wrong.addAll(before.differences(Mirror.ofSnapshot(client.snapshot())));
        client.namesAfter(last).forEach(name -> wrong.add("an event: " + name));
        if (!wrong.isEmpty()) {
            throw new AssertionError(client.agent() + ":\n" + String.join("\n", wrong));
        }
    }
}
