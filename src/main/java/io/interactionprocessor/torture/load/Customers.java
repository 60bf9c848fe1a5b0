package io.interactionprocessor.torture.load;

import io.interactionprocessor.torture.history.SwitchHistory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/**
 * The switch's side of the load: reads its history twice a second, and lets as many customers call as it takes to have the
 * wanted number of events a second. On the load's event loop.
 */
final class Customers {
    private static final long READ_MS = 500;
    private static final long TICK_MS = 20;
    private static final int HANG_UP_MS = 2_500;
    private static final double EVENTS_PER_CALL = 9;
    private static final double AVERAGE_OF = 0.2;
    private static final double GAIN = 0.3;
    private static final int MOST_OPEN = 64;

    private final Vertx vertx;
    private final SwitchPort port;
    private final SwitchHistory history;
    private final List<LoadAgent> ringers;
    private final LoadPlan plan;
    private final Random random;
    private long reader = -1;
    private long caller = -1;
    private boolean reading;
    private boolean busy = true;
    private double callsPerSecond;
    private double due;
    private double rate;
    private long seen;
    private long seenAt;
    private int open;

    Customers(
            Vertx vertx, SwitchPort port, SwitchHistory history, List<LoadAgent> agents, LoadPlan plan, Random random) {
        this.vertx = vertx;
        this.port = port;
        this.history = history;
        this.plan = plan;
        this.random = random;
        ringers = agents.stream().filter(agent -> agent.role() == Role.RINGER).toList();
        callsPerSecond = plan.switchEventsPerSecond() / EVENTS_PER_CALL / 2;
    }

    void start() {
        if (port.isKnown()) {
            reader = vertx.setPeriodic(READ_MS, id -> read());
            caller = vertx.setPeriodic(TICK_MS, id -> call());
        }
    }

    void stop() {
        vertx.cancelTimer(reader);
        vertx.cancelTimer(caller);
    }

    void quiet() {
        busy = false;
    }

    void busy() {
        busy = true;
    }

    private void read() {
        if (!reading) {
            reading = true;
            port.read(history).onComplete(done -> {
                reading = false;
                adjust();
            });
        }
    }

    Future<Boolean> readAll() {
        return port.read(history).compose(all -> all ? Future.succeededFuture(true) : readAll());
    }

    /** More calls while there are too few events, fewer while there are too many. */
    private void adjust() {
        long now = Micros.now();
        long last = history.last();
        if (seenAt > 0 && last > seen) {
            double measured = (last - seen) / ((now - seenAt) / 1e6) - plan.commandsPerSecond();
            rate = rate == 0 ? measured : rate + AVERAGE_OF * (measured - rate);
            double change = GAIN * (plan.switchEventsPerSecond() - rate) / EVENTS_PER_CALL;
            callsPerSecond = Math.max(0, Math.min(plan.switchEventsPerSecond(), callsPerSecond + change));
        }
        seen = last;
        seenAt = now;
    }

    private void call() {
        due = Math.min(5, due + callsPerSecond * TICK_MS / 1000);
        while (busy && due >= 1 && open < MOST_OPEN && !ringers.isEmpty()) {
            due--;
            LoadAgent agent = ringers.get(random.nextInt(ringers.size()));
            if (!agent.isBound() || agent.liveCalls() > 0) {
                continue;
            }
            open++;
            port.call("5550100", agent.id(), new JsonObject(), HANG_UP_MS).onComplete(done -> open--);
        }
    }
}
