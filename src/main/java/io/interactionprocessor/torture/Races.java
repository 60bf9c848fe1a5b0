package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.load.Micros;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * One lane of R12: two desktops of one agent, each at a node of its own, want the session. By turns: one after the other, the
 * later must win; both at once, one must win; without override, the question must come. On the load's event loop.
 */
final class Races {
    static final int KINDS = 4;

    private static final long LOOK_AGAIN_MS = 20;

    private final Run run;
    private final String agent;
    private final int lane;
    private final Histogram takeOvers;
    private int number;
    private int wrongWinners;
    private int withoutWinner;
    private int unfinished;

    Races(Run run, int lane, Histogram takeOvers) {
        this.run = run;
        this.lane = lane;
        this.agent = run.load().spare(600 + lane);
        this.takeOvers = takeOvers;
    }

    int wrongWinners() {
        return wrongWinners;
    }

    int withoutWinner() {
        return withoutWinner;
    }

    int unfinished() {
        return unfinished;
    }

    int begun() {
        return number;
    }

    /** Runs so many races, one after the other, of each kind by turns. */
    Future<Void> run(int count) {
        return count == 0
                ? Future.succeededFuture()
                : race(switch (number % KINDS) {
                            case 0 -> this::inTurn;
                            case 1 -> () -> atOnce(true);
                            case 2 -> this::asked;
                            default -> () -> atOnce(false);
                        })
                        .compose(done -> run(count - 1));
    }

    /** Takes the session over so often, once at a time. */
    Future<Void> takeOver(int count) {
        return count == 0 ? Future.succeededFuture() : race(this::inTurn).compose(done -> takeOver(count - 1));
    }

    private Future<Void> race(Supplier<Future<Void>> race) {
        number++;
        return race.get().recover(failure -> {
            unfinished++;
            return Future.succeededFuture();
        });
    }

    private String url(int step) {
        return run.nodes().url((lane + number + step) % run.nodes().size());
    }

    private Future<Desk> holder() {
        Desk desk = run.load().desk(agent);
        desk.expectEnd();
        return desk.connect(url(0))
                .compose(connected -> desk.prepare(true))
                .compose(granted -> desk.take())
                .map(desk);
    }

    private Future<Desk> rival(int step) {
        Desk desk = run.load().desk(agent);
        desk.expectEnd();
        return desk.connect(url(step)).map(desk);
    }

    /** The later of two logins takes the session over: how long until the older client is sent away? */
    private Future<Void> inTurn() {
        return holder().compose(old -> rival(1).compose(rival -> {
            long asked = Micros.now();
            return rival.prepare(true)
                    .compose(granted -> rival.take())
                    .compose(started -> old.away())
                    .compose(at -> {
                        takeOvers.recordValue(Math.max(0, at - asked));
                        return works(rival);
                    })
                    .compose(works -> {
                        wrongWinners += works && old.awayCode() == 4002 ? 0 : 1;
                        return rival.leave().compose(gone -> old.close());
                    });
        }));
    }

    /** Two at once: exactly one has the session afterwards, and without override only one is given it. */
    private Future<Void> atOnce(boolean override) {
        return Future.all(rival(0), rival(1)).compose(both -> {
            Desk one = both.resultAt(0);
            Desk other = both.resultAt(1);
            return Future.join(one.prepare(override), other.prepare(override))
                    .transform(answered -> Future.join(start(one), start(other)))
                    .transform(started -> run.vertx().timer(LOOK_AGAIN_MS))
                    .compose(waited -> Future.join(works(one), works(other)))
                    .compose(tried -> {
                        boolean first = tried.resultAt(0);
                        boolean second = tried.resultAt(1);
                        withoutWinner += first || second ? 0 : 1;
                        return (first ? one : other).leave().compose(gone -> (first ? other : one).close());
                    });
        });
    }

    /** Without override there is a question, and nothing changes. */
    private Future<Void> asked() {
        return holder().compose(old -> rival(1).compose(rival -> rival.prepare(false)
                .compose(answer -> rival.close())
                .compose(closed -> old.leave())
                .compose(left -> rival(2))
                .compose(next ->
                        next.prepare(false).compose(answer -> start(next)).transform(done -> next.leave()))));
    }

    private static Future<Boolean> start(Desk desk) {
        return desk.take().map(true).otherwise(false);
    }

    private static Future<Boolean> works(Desk desk) {
        return desk.request("session.snapshot", new JsonObject())
                .map(answer -> "success".equals(answer.getString("result")))
                .otherwise(false);
    }
}
