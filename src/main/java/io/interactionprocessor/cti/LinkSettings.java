package io.interactionprocessor.cti;

/**
 * How one link is run. Times in milliseconds.
 *
 * @param processor id of the processor whose link this is
 * @param address the event-bus address of this link on this node: {@code cti.<link>.<node>}
 * @param sessions the event-bus address of the sessions on this node
 * @param commandTimeout after which a command that the switch has not answered is answered {@code TIMEOUT}
 * @param heartbeat how often the switch is asked whether it still answers
 * @param silentAfter how long it may leave that, or a command, unanswered before the link is called down
 * @param reconnect how long to wait between two attempts to connect
 * @param passOnAfter how long it may be down before another node is let try: the switch may be well, and only the way from
 *     here to it broken
 * @param mostInFlight how many commands may be unanswered by the switch at once
 */
public record LinkSettings(
        String processor,
        String address,
        String sessions,
        long commandTimeout,
        long heartbeat,
        long silentAfter,
        long reconnect,
        long passOnAfter,
        int mostInFlight) {
    /**
     * Returns the usual times: a link that does not answer is down within six seconds.
     *
     * @param answerWithin how long a client waits for the answer to a command; the switch has four fifths of it
     */
    public static LinkSettings of(String processor, String address, String sessions, long answerWithin) {
        return new LinkSettings(
                processor, address, sessions, answerWithin * 4 / 5, 1_000, 3_500, 1_000, 20_000, 10_000);
    }
}
