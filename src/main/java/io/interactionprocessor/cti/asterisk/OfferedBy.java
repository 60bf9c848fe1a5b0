package io.interactionprocessor.cti.asterisk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of Asterisk's own queues has offered a call, by the name of the channel that it came on. */
final class OfferedBy {
    private static final int KEPT = 1_000;

    private final Map<String, String> queues = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    void event(Map<String, String> event) {
        if ("AgentCalled".equals(event.get("Event"))) {
            queues.put(both(event.getOrDefault("DestChannel", "")), event.getOrDefault("Queue", ""));
        }
    }

    /** Returns the dialplan's arguments, with the queue behind the station. */
    List<String> complete(List<String> arguments, String channel) {
        String queue = queues.get(both(channel));
        boolean offered = arguments.size() == 2 && arguments.get(0).equals(Happenings.QUEUE_MEMBER);
        return offered && queue != null ? List.of(arguments.get(0), arguments.get(1), queue) : arguments;
    }

    /** The two halves of a Local channel are named alike but for the last letter. */
    private static String both(String channel) {
        int half = channel.lastIndexOf(';');
        return half < 0 ? channel : channel.substring(0, half);
    }
}
