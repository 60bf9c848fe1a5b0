package io.interactionprocessor.cti.asterisk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Offers the calls that wait to the agents who are ready: the oldest call to whoever has been ready for longest. */
final class Distribution {
    private final Board board;
    private final Connections connections;

    Distribution(Board board, Connections connections) {
        this.board = board;
        this.connections = connections;
    }

    void run() {
        if (board.waiting.isEmpty()) {
            return;
        }
        List<Agent> free = new ArrayList<>();
        for (Agent agent : board.agents.values()) {
            if (agent.free()) {
                free.add(agent);
            }
        }
        free.sort(Comparator.comparingLong(agent -> agent.since));
        for (Call call : List.copyOf(board.waiting.values())) {
            if (free.isEmpty()) {
                return;
            }
            if (call.offered() == null) {
                offer(call, free);
            }
        }
    }

    private void offer(Call call, List<Agent> free) {
        AsteriskSettings.QueueLine queue = board.plan.queue(call.waitingIn);
        for (Agent agent : free) {
            Long kept = call.keptFrom.get(agent.id);
            if (agent.queues.contains(call.waitingIn) && (kept == null || kept <= board.now)) {
                free.remove(agent);
                offer(call, agent, queue.number(), queue.ringMs());
                return;
            }
        }
    }

    /** Offers a call of a queue to an agent. */
    void offer(Call call, Agent agent, String queue, long ring) {
        Party leg = connections.ring(call, agent, call.from, call.to, call.direction());
        leg.offered = true;
        leg.queue = queue;
        leg.deadline = board.now + ring;
    }
}
