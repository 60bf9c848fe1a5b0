package io.interactionprocessor.cti.asterisk;

/** What a dialled number stands for. */
final class NumberPlan {
    /** Where a number leads. */
    sealed interface Target {}

    /** An agent who is logged on, at his station. */
    record ToAgent(Agent agent) implements Target {}

    /** A station that nobody uses. */
    record ToStation(String endpoint) implements Target {}

    /** A queue of ours. */
    record ToQueue(AsteriskSettings.QueueLine queue) implements Target {}

    /** Anybody else. */
    record Outside(String endpoint) implements Target {}

    /** Not a number. */
    record Nowhere() implements Target {}

    private final AsteriskSettings settings;
    private final Board board;

    NumberPlan(AsteriskSettings settings, Board board) {
        this.settings = settings;
        this.board = board;
    }

    Target of(String number) {
        Agent agent = board.stations.get(number);
        if (agent != null) {
            return new ToAgent(agent);
        }
        AsteriskSettings.QueueLine queue = queue(number);
        if (queue != null) {
            return new ToQueue(queue);
        }
        if (extension(number)) {
            return new ToStation(settings.stations().endpoint(number));
        }
        for (AsteriskSettings.Route route : settings.routes()) {
            if (route.number().matcher(number).matches()) {
                return new Outside(route.endpoint(number));
            }
        }
        return new Nowhere();
    }

    boolean extension(String number) {
        return board.agents.values().stream().anyMatch(agent -> agent.extension.equals(number));
    }

    AsteriskSettings.QueueLine queue(String number) {
        for (AsteriskSettings.QueueLine queue : settings.queues()) {
            if (queue.number().equals(number)) {
                return queue;
            }
        }
        return null;
    }

    AsteriskSettings.QueueLine pbxQueue(String name) {
        for (AsteriskSettings.QueueLine queue : settings.queues()) {
            if (!name.isEmpty() && queue.pbxQueue().equals(name)) {
                return queue;
            }
        }
        return null;
    }
}
