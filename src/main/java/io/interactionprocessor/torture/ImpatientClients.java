package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Agents whose desktops wait a second for an answer and then try another node. A node that stands still does later what they
 * have given up: it must not take their sessions from where they are by then. All over the cluster, at work all the time.
 */
final class ImpatientClients {
    private static final int AGENTS = 48;
    private static final int FIRST_SPARE = 700;
    private static final long EVERY_MS = 250;

    private final Run run;
    private final List<Impatient> all = new ArrayList<>();
    private int alive;

    private static final class Impatient {
        private final Desk desk;
        private long timer = -1;
        private boolean ready;

        Impatient(Desk desk) {
            this.desk = desk;
        }
    }

    ImpatientClients(Run run) {
        this.run = run;
    }

    /** Logs them in. */
    void begin() throws InterruptedException {
        run.load().await(30, () -> {
            List<Future<?>> entered = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                Impatient one =
                        new Impatient(run.load().impatientDesk(run.load().spare(FIRST_SPARE + i)));
                all.add(one);
                entered.add(one.desk
                        .connect(run.nodes().url(i % run.nodes().size()))
                        .compose(connected -> one.desk.prepare(true))
                        .compose(granted -> one.desk.take())
                        .compose(taken -> one.desk.request("channelgroup.activateall", null))
                        .onSuccess(active -> one.timer = run.vertx().setPeriodic(EVERY_MS, tick -> work(one))));
            }
            return Future.all(entered);
        });
    }

    private static void work(Impatient one) {
        one.ready = !one.ready;
        one.desk.request(
                one.ready ? "channel.ready" : "channel.notready",
                one.ready ? null : new JsonObject().put("reason", "break"));
    }

    /** After the last fault: each must still have its session. Then they go. */
    void end() throws InterruptedException {
        run.load().await(60, () -> Future.join(all.stream().map(this::end).toList()));
    }

    private Future<Void> end(Impatient one) {
        run.vertx().cancelTimer(one.timer);
        return one.desk.request("session.snapshot", null).transform(answer -> {
            boolean answers =
                    answer.succeeded() && "success".equals(answer.result().getString("result"));
            alive += answers ? 1 : 0;
            one.desk.expectEnd();
            return answers ? one.desk.leave() : one.desk.close();
        });
    }

    Figure figure(String scenario) {
        return Figure.none(
                scenario,
                "impatient clients without their session",
                all.size() - alive,
                all.size(),
                "impatient clients");
    }
}
