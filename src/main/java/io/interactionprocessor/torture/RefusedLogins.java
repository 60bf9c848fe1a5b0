package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Agents whose desktop is with the majority and who, just when a node is cut off, log in a second time there, with override.
 * The node has begun to carry that out before it knows that it is alone; what it then refuses must not have happened, above
 * all not when both sides are one cluster again.
 */
final class RefusedLogins {
    private static final int AGENTS = 24;
    private static final int FIRST_SPARE = 700;
    private static final int SPARES = 100;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Run run;
    private final int victim;
    private final List<Pair> pairs = new ArrayList<>();

    private static final class Pair {
        private final Desk first;
        private final Desk second;
        private Future<JsonObject> answer;
        private boolean alive;

        Pair(Desk first, Desk second) {
            this.first = first;
            this.second = second;
        }

        boolean refused() {
            return answer.failed() || "failure".equals(answer.result().getString("result"));
        }
    }

    RefusedLogins(Run run, int victim) {
        this.run = run;
        this.victim = victim;
    }

    /** Logs the first desktops in, at the others; the second ones connect to the victim. */
    void begin() throws InterruptedException {
        run.load().await(30, () -> {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                String agent = run.load().spare(FIRST_SPARE + NEXT.getAndIncrement() % SPARES);
                Pair pair = new Pair(run.load().desk(agent), run.load().desk(agent));
                pairs.add(pair);
                int elsewhere = (victim + 1 + i % (run.nodes().size() - 1))
                        % run.nodes().size();
                all.add(pair.first
                        .connect(run.nodes().url(elsewhere))
                        .compose(connected -> pair.first.prepare(true))
                        .compose(granted -> pair.first.take())
                        .compose(taken -> pair.second.connect(run.nodes().url(victim))));
            }
            return Future.all(all);
        });
    }

    /** Logs the second desktops in; does not wait. */
    void attempt() throws InterruptedException {
        run.load().await(1, () -> {
            for (Pair pair : pairs) {
                pair.second.expectEnd();
                pair.answer = pair.second.prepare(true);
            }
            return Future.succeededFuture();
        });
    }

    /** After the heal: who has not been overridden comes back with the session. Then all go. */
    void end() throws InterruptedException {
        run.load().await(60, () -> Future.join(pairs.stream().map(this::end).toList()));
    }

    private Future<Void> end(Pair pair) {
        return pair.answer
                .transform(answered -> pair.refused()
                        ? pair.first.drop().compose(gone -> pair.first.request("session.snapshot", null))
                        : Future.failedFuture("granted"))
                .transform(tried -> {
                    pair.alive =
                            tried.succeeded() && "success".equals(tried.result().getString("result"));
                    pair.first.expectEnd();
                    return pair.refused() ? pair.first.leave() : pair.first.close();
                })
                .transform(gone -> pair.refused() ? pair.second.close() : pair.second.leave())
                .transform(gone -> Future.succeededFuture());
    }

    static Figure figure(String scenario, List<RefusedLogins> all) {
        long refused = all.stream()
                .flatMap(each -> each.pairs.stream())
                .filter(Pair::refused)
                .count();
        long ended = all.stream()
                .flatMap(each -> each.pairs.stream())
                .filter(pair -> pair.refused() && !pair.alive)
                .count();
        return Figure.none(
                scenario, "sessions that a refused login ended", ended, refused, "logins refused by the node cut off");
    }
}
