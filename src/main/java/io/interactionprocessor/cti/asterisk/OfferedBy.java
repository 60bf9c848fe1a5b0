package io.interactionprocessor.cti.asterisk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of Asterisk's own queues has offered whose call, by the name of the channel that the offer came on. */
final class OfferedBy {
    private static final int KEPT = 1_000;

    private record Offer(String queue, String caller) {}

    private final Map<String, Offer> offers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Offer> eldest) {
            return size() > KEPT;
        }
    };

    void event(Map<String, String> event) {
        if ("AgentCalled".equals(event.get("Event"))) {
            offers.put(
                    both(event.getOrDefault("DestChannel", "")),
                    new Offer(event.getOrDefault("Queue", ""), event.getOrDefault("Uniqueid", "")));
        }
    }

    /** Returns the dialplan's arguments, with the queue and the caller's channel behind the station. */
    List<String> complete(List<String> arguments, String channel) {
        Offer offer = offers.get(both(channel));
        boolean offered = arguments.size() == 2 && arguments.get(0).equals(Happenings.QUEUE_MEMBER);
        return offered && offer != null
                ? List.of(arguments.get(0), arguments.get(1), offer.queue(), offer.caller())
                : arguments;
    }

    /** The two halves of a Local channel are named alike but for the last letter. */
    private static String both(String channel) {
        int half = channel.lastIndexOf(';');
        return half < 0 ? channel : channel.substring(0, half);
    }
}
