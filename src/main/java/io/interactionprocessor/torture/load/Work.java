package io.interactionprocessor.torture.load;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Keeps the agents at work: so many commands a second, so many logins and logouts. On the load's event loop. */
final class Work {
    private static final long TICK_MS = 10;
    private static final int TRIES = 30;
    private static final double MOST_DUE = 50;

    private final Vertx vertx;
    private final List<LoadAgent> staff;
    private final LoadPlan plan;
    private final Random random;
    private final Deque<LoadAgent> away = new ArrayDeque<>();
    private final Deque<LoadAgent> present = new ArrayDeque<>();
    private long timer = -1;
    private long last;
    private double commandsDue;
    private double churnDue;
    /** From a number that no earlier run on the same cluster has reached: its switch remembers. */
    private long tokens = Micros.now();

    Work(Vertx vertx, List<LoadAgent> agents, LoadPlan plan, Random random) {
        this.vertx = vertx;
        this.plan = plan;
        this.random = random;
        staff = agents.stream().filter(agent -> agent.role() != Role.CHURN).toList();
        agents.stream().filter(agent -> agent.role() == Role.CHURN).forEach(away::add);
    }

    void start() {
        stop();
        last = Micros.now();
        timer = vertx.setPeriodic(TICK_MS, id -> tick());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void tick() {
        long now = Micros.now();
        double passed = (now - last) / 1e6;
        last = now;
        // After a stall of the harness itself the load does not come all at once.
        commandsDue = Math.min(MOST_DUE, commandsDue + passed * plan.commandsPerSecond());
        churnDue = Math.min(2, churnDue + passed * plan.churnPerSecond());
        while (commandsDue >= 1 && command()) {
            commandsDue--;
        }
        if (churnDue >= 1) {
            churnDue--;
            churn();
        }
    }

    private boolean command() {
        LoadPlan.Kind kind = LoadPlan.next(random);
        for (int i = 0; i < TRIES && !staff.isEmpty(); i++) {
            if (give(staff.get(random.nextInt(staff.size())), kind)) {
                return true;
            }
        }
        return false;
    }

    private boolean give(LoadAgent agent, LoadPlan.Kind kind) {
        return switch (kind) {
            case STATE -> agent.role() == Role.STATE && agent.changeState();
            case CALL_CONTROL -> agent.role() != Role.STATE && agent.controlCall();
            case DATA -> agent.role() == Role.TALKER && agent.changeData(++tokens);
        };
    }

    /** Half of those who come and go are there at any time. */
    private void churn() {
        if (!away.isEmpty() && away.size() >= present.size()) {
            LoadAgent agent = away.poll();
            agent.enter().onComplete(entered -> present.add(agent));
        }
        if (present.size() > away.size()) {
            LoadAgent agent = present.poll();
            agent.leave().onComplete(left -> away.add(agent));
        }
    }
}
