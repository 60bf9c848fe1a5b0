package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    /** A rate at which nothing is due while a test lasts: the tests say themselves what is. */
    private static final double SELDOM = 0.001;

    private static final long LONG_AGO = TimeUnit.SECONDS.toNanos(5);
    /** The histogram keeps three digits. */
    private static final long NEARLY_AS_LONG = LONG_AGO / 100 * 99;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Mute talker = new Mute();

    /** Is answered when a test says so. */
    private static final class Mute extends Talker {
        Mute() {
            super(MuteSocket.keeping(new ArrayList<>()));
        }

        @Override
        void send() {}

        @Override
        void received(Buffer message) {}

        void answer(boolean success) {
            listener().answered(this, success);
            listener().done(this);
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void whatHasNoAnswerAtTheEndCountsWithItsWait() throws Exception {
        Load load = new Load(context, List.of(talker), SELDOM);
        load.start();
        Load.Mark mark = load.mark();
        context.runOnContext(now -> load.due(3, System.nanoTime() - LONG_AGO));

        Load.Result result = load.since(mark);

        assertThat(result.operations()).isZero();
        assertThat(result.late()).isEqualTo(2);
        assertThat(result.latency().getTotalCount()).isEqualTo(3);
        assertThat(result.latency().getMinValue()).isGreaterThan(NEARLY_AS_LONG);
        assertThat(result.notes()).anySatisfy(note -> assertThat(note).startsWith("2 operations were due"));
        answer(true, true, true);
        load.stop();
    }

    @Test
    void whatIsAnsweredCountsOnceAndFromWhenItWasDue() throws Exception {
        Load load = new Load(context, List.of(talker), SELDOM);
        load.start();
        Load.Mark mark = load.mark();
        context.runOnContext(now -> load.due(2, System.nanoTime() - LONG_AGO));
        answer(true, true);

        Load.Result result = load.since(mark);

        assertThat(result.operations()).isEqualTo(2);
        assertThat(result.late()).isZero();
        assertThat(result.latency().getTotalCount()).isEqualTo(2);
        assertThat(result.latency().getMinValue()).isGreaterThan(NEARLY_AS_LONG);
        load.stop();
    }

    @Test
    void whatIsRefusedIsNeitherDoneNorFast() throws Exception {
        Load load = new Load(context, List.of(talker), SELDOM);
        load.start();
        Load.Mark mark = load.mark();
        context.runOnContext(now -> load.due(2, System.nanoTime() - LONG_AGO));
        answer(false, true);

        Load.Result result = load.since(mark);

        assertThat(result.operations()).isEqualTo(1);
        assertThat(result.failures()).isEqualTo(1);
        assertThat(result.latency().getTotalCount()).isEqualTo(1);
        assertThat(result.doubt()).isEqualTo("1 of 2 operations were refused");
        assertThat(result.notes()).contains("1 of 2 operations were refused");
        load.stop();
    }

    @Test
    void inAClosedLoopThereIsAlwaysOneUnderWay() throws Exception {
        Load load = new Load(context, List.of(talker), 0);
        load.start();
        Load.Mark mark = load.mark();
        answer(true);

        Load.Result result = load.since(mark);

        assertThat(result.operations()).isEqualTo(1);
        assertThat(result.latency().getTotalCount()).isEqualTo(1);
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void aRateThatWasNotReachedIsSaid() {
        assertThat(done(980, 100).notes()).containsExactly("only 98/s of 100/s were done");
        assertThat(done(995, 100).notes()).isEmpty();
        assertThat(done(995, 0).notes()).isEmpty();
    }

    private static Load.Result done(long operations, double asked) {
        return new Load.Result(operations, 0, 0, 10, asked, new Histogram(3), 0);
    }

    private void answer(boolean... successes) {
        context.runOnContext(now -> {
            for (boolean success : successes) {
                talker.answer(success);
            }
        });
    }
}
