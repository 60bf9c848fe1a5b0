package io.interactionprocessor.cti.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which of Asterisk's own queues has offered whose call, by the name of the channel that the offer came on. The channel
 * comes by ARI and the queue's word of it by AMI, in either order. Used on one context.
 */
final class OfferedBy {
    private static final int KEPT = 1_000;

    /** How long an offer is kept from its agent's phone until the queue has said whose it is. */
    static final long TOLD_WITHIN = 500;

    private record Offer(String queue, String caller) {}

    private final Map<String, Promise<Offer>> offers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Promise<Offer>> eldest) {
            return size() > KEPT;
        }
    };

    private final Vertx vertx;

    OfferedBy(Vertx vertx) {
        this.vertx = vertx;
    }

    void event(Map<String, String> event) {
        if ("AgentCalled".equals(event.get("Event"))) {
            of(event.getOrDefault("DestChannel", ""))
                    .tryComplete(new Offer(event.getOrDefault("Queue", ""), event.getOrDefault("Uniqueid", "")));
        }
    }

    /**
     * Completes the dialplan's arguments with the queue and the caller's channel behind the station.
     *
     * @param told whether AMI will say it, so that it is worth waiting for
     * @return what is known when the queue has spoken, or has not in time; never fails
     */
    Future<List<String>> complete(List<String> arguments, String channel, boolean told) {
        if (arguments.size() != 2 || !arguments.get(0).equals(Happenings.QUEUE_MEMBER)) {
            return Future.succeededFuture(arguments);
        }
        Future<Offer> offer = of(channel).future();
        if (!told && !offer.isComplete()) {
            return Future.succeededFuture(arguments);
        }
        return Future.any(offer, vertx.timer(TOLD_WITHIN, TimeUnit.MILLISECONDS))
                .map(either -> {
                    if (!offer.succeeded()) {
                        return arguments;
                    }
                    Offer by = offer.result();
                    return List.of(arguments.get(0), arguments.get(1), by.queue(), by.caller());
                });
    }

    private Promise<Offer> of(String channel) {
        return offers.computeIfAbsent(both(channel), name -> Promise.promise());
    }

    /** The two halves of a Local channel are named alike but for the last letter. */
    private static String both(String channel) {
        int half = channel.lastIndexOf(';');
        return half < 0 ? channel : channel.substring(0, half);
    }
}
