package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Agents whose desktop is at the node that gets the fault, and who, while it lasts, log in a second time at another node. Both
 * desktops give commands all the time. Which of them may be carried out, the checks know.
 */
final class Duels {
    private static final int AGENTS = 12;
    private static final long EVERY_MS = 150;
    private static final long AGAIN_MS = 1_000;
    private static final int TRIES = 10;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Run run;
    private final int victim;
    private final List<Duel> duels = new ArrayList<>();
    private int granted;
    private int alive;

    private static final class Duel {
        private String agent;
        private Desk first;
        private Desk second;
        private long firstTimer = -1;
        private long secondTimer = -1;
        private boolean granted;
        private boolean over;
    }

    Duels(Run run, int victim) {
        this.run = run;
        this.victim = victim;
    }

    /** Logs the first desktops in, at the victim. */
    void begin() throws InterruptedException {
        run.load().await(30, () -> {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                Duel duel = new Duel();
                duel.agent = run.load().spare(NEXT.getAndIncrement() % 600);
                duel.first = run.load().desk(duel.agent);
                duels.add(duel);
                all.add(enter(duel.first, victim).transform(entered -> {
                    duel.firstTimer = work(duel.first);
                    return Future.succeededFuture();
                }));
            }
            return Future.join(all);
        });
    }

    private Future<JsonObject> enter(Desk desk, int node) {
        return desk.connect(run.nodes().url(node))
                .compose(connected -> desk.prepare(true))
                .compose(answer ->
                        "success".equals(answer.getString("result")) ? desk.take() : Future.failedFuture("not granted"))
                .compose(started -> desk.request("channelgroup.activateall", null))
                .compose(active -> isActive(active)
                        ? Future.succeededFuture(active)
                        : Future.failedFuture("not active: " + active.encode()));
    }

    /** Whoever had the session before may have left the channel open. */
    private static boolean isActive(JsonObject answer) {
        String code = codeOf(answer);
        return code.isEmpty() || code.equals("invalidState");
    }

    private static String codeOf(JsonObject answer) {
        return answer.getJsonObject("failure", new JsonObject()).getString("code", "");
    }

    /** Ready and not ready by turns; whose channel the other one has closed opens it again, as who does not know of him. */
    private long work(Desk desk) {
        boolean[] ready = {false};
        return run.vertx().setPeriodic(EVERY_MS, id -> {
            ready[0] = !ready[0];
            desk.request(
                            ready[0] ? "channel.ready" : "channel.notready",
                            ready[0] ? null : new JsonObject().put("reason", "break"))
                    .onSuccess(answer -> {
                        if (codeOf(answer).equals("channelInactive")) {
                            desk.request("channelgroup.activateall", null);
                        }
                    });
        });
    }

    /** Logs the second desktops in, elsewhere; does not wait. */
    void challenge() throws InterruptedException {
        run.load().await(1, () -> {
            for (int i = 0; i < duels.size(); i++) {
                Duel duel = duels.get(i);
                int node = (victim + 1 + i % (run.nodes().size() - 1))
                        % run.nodes().size();
                duel.first.expectEnd();
                challenge(duel, node, TRIES);
            }
            return Future.succeededFuture();
        });
    }

    /** As a person would: again after a refusal. */
    private void challenge(Duel duel, int node, int tries) {
        duel.second = run.load().desk(duel.agent);
        enter(duel.second, node)
                .onSuccess(entered -> {
                    duel.granted = true;
                    duel.secondTimer = work(duel.second);
                })
                .onFailure(refused -> {
                    if (tries > 1 && !duel.over) {
                        duel.second.close();
                        run.vertx().setTimer(AGAIN_MS, timer -> challenge(duel, node, tries - 1));
                    }
                });
    }

    /** After the fault: who was granted the session must still have it. Then both go. */
    void end() throws InterruptedException {
        run.pause(Duration.ofSeconds(3));
        run.load().await(60, () -> {
            List<Future<Void>> all = new ArrayList<>();
            for (Duel duel : duels) {
                duel.over = true;
                run.vertx().cancelTimer(duel.firstTimer);
                run.vertx().cancelTimer(duel.secondTimer);
                granted += duel.granted ? 1 : 0;
                Future<Void> checked = duel.granted
                        ? duel.second.request("session.snapshot", null).transform(answer -> {
                            alive += answer.succeeded()
                                            && "success".equals(answer.result().getString("result"))
                                    ? 1
                                    : 0;
                            return Future.succeededFuture();
                        })
                        : Future.succeededFuture();
                all.add(checked.compose(done -> duel.granted ? duel.second.leave() : duel.second.close())
                        .transform(left -> duel.first.close())
                        .transform(left -> Future.succeededFuture()));
            }
            return Future.join(all);
        });
    }

    static void figures(String scenario, List<Duels> fought, List<Figure> figures) {
        int granted = fought.stream().mapToInt(duels -> duels.granted).sum();
        int alive = fought.stream().mapToInt(duels -> duels.alive).sum();
        figures.add(Figure.none(
                scenario,
                "claims lost in the merge",
                granted - alive,
                granted,
                "sessions granted elsewhere during the fault"));
    }
}
