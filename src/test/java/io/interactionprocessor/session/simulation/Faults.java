package io.interactionprocessor.session.simulation;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Delays, and whether what is asked of others over the network comes about and is heard of. One seed decides. */
final class Faults {
    /** How long a call waits before it gives up. */
    private static final int GIVES_UP = 400;
    /** How late an answer may be. */
    private static final int SILENT = 2_000;

    final Random random;
    private final VirtualTime time;
    /** How many of a thousand calls fail. */
    int perThousand;

    Faults(long seed, VirtualTime time) {
        this.random = new Random(seed);
        this.time = time;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Mostly short, sometimes long. */
    int delay() {
        return random.nextInt(20) == 0 ? between(5, 60) : between(0, 3);
    }

    /**
     * Asks somebody else: the question travels, is answered, the answer travels back to {@code node}. Either may get lost.
     */
    <T> CompletionStage<T> ask(SimulatedNode node, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean fails = random.nextInt(1000) < perThousand;
        boolean lostOnTheWay = node.isCut() || (fails && random.nextBoolean());
        if (!lostOnTheWay) {
            time.after(delay(), () -> {
                T result = question.get();
                if (!fails) {
                    time.after(delay(), () -> node.does(() -> answer.complete(result)));
                }
            });
        }
        if (fails || lostOnTheWay) {
            time.after(between(1, GIVES_UP), () -> node.does(() -> giveUp(answer)));
        }
        return answer;
    }

    /** While a member is silent, what it has done already may be heard of much later. */
    <T> CompletionStage<T> late(SimulatedNode node, CompletionStage<T> answer) {
        if (perThousand == 0 || !oneIn(10)) {
            return answer;
        }
        CompletableFuture<T> heard = new CompletableFuture<>();
        int late = between(500, SILENT);
        answer.whenComplete((result, failure) -> time.after(
                late,
                () -> node.does(() -> {
                    if (failure == null) {
                        heard.complete(result);
                    } else {
                        giveUp(heard);
                    }
                })));
        return heard;
    }

    /** What is asked of a member that stands still is done when it goes on, whoever has given it up meanwhile. */
    <T> CompletionStage<T> slowly(SimulatedNode node, Supplier<CompletionStage<T>> question) {
        if (perThousand == 0 || !oneIn(10)) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        time.after(
                between(500, SILENT),
                () -> question.get().whenComplete((result, failure) -> {
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        giveUp(answer);
                    }
                }));
        return answer;
    }

    /** Some answers get lost, which nobody hears of: it is asked again. */
    <T> CompletionStage<T> again(SimulatedNode node, Supplier<CompletionStage<T>> question) {
        if (perThousand == 0 || oneIn(2)) {
            return question.get();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletionStage<T> lost = question.get();
        time.after(
                between(100, SILENT),
                () -> node.does(() ->
                        lost.whenComplete((any, failed) -> question.get().whenComplete((result, failure) -> {
                            if (failure == null) {
                                answer.complete(result);
                            } else {
                                giveUp(answer);
                            }
                        }))));
        return answer;
    }

    static void giveUp(CompletableFuture<?> answer) {
        answer.completeExceptionally(new IllegalStateException("outcome unknown"));
    }
}
