package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.session.StoredSession.StoredAnswer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<StoredAnswer> recent = Recent.answers();
    private final Answers answers = new Answers(256, List.of());

    private void say(int count, int size) {
        IntStream.range(0, count).forEach(i -> {
            StoredAnswer answer = new StoredAnswer("r" + i, 0, "x".repeat(size));
            recent.add(List.of(answer), 256);
            answers.keep(answer);
        });
    }

    private void bothKeep(int first, int last) {
        assertThat(recent.list()).hasSize(last - first + 1);
        assertThat(recent.list().get(0).requestId()).isEqualTo("r" + first);
        assertThat(recent.last().requestId()).isEqualTo("r" + last);
        assertThat(answers.knows("r" + (first - 1), 0)).isFalse();
        assertThat(answers.knows("r" + first, 0)).isTrue();
    }

    @Test
    void ordinaryAnswersAreKeptByNumber() {
        say(1_000, 1_000);
        bothKeep(744, 999);
    }

    @Test
    void largeOnesBySize() {
        say(256, 26_214);
        bothKeep(246, 255);
    }

    @Test
    void ofHugeOnesTheLastFew() {
        say(20, 1_000_000);
        bothKeep(16, 19);
    }

    @Test
    void whatIsForgottenDoesNotCount() {
        say(20, 1_000_000);
        recent.clear();
        recent.add(List.of(new StoredAnswer("a", 0, "x"), new StoredAnswer("b", 0, "x".repeat(200_000))), 256);
        recent.add(
                List.of(new StoredAnswer("c", 0, "x"), new StoredAnswer("d", 0, "x"), new StoredAnswer("e", 0, "x")),
                256);
        assertThat(recent.list()).hasSize(5);
    }

    @Test
    void anAnswerToAnIdUsedAgainTakesTheOldOnesPlace() {
        IntStream.range(0, 100).forEach(i -> answers.keep(new StoredAnswer("same", i, "x".repeat(200_000))));
        answers.keep(new StoredAnswer("other", 0, "x"));
        assertThat(answers.knows("same", 99)).isTrue();
        assertThat(answers.knows("other", 0)).isTrue();
    }
}
