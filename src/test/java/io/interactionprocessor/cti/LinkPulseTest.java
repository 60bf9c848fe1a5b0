package io.interactionprocessor.cti;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkPulseTest {
    private static final long SILENT_AFTER = 3_500;

    private final LinkPulse pulse = new LinkPulse(SILENT_AFTER);

    @Test
    void onePingAtATime() {
        assertThat(pulse.pings(0)).isTrue();
        assertThat(pulse.pings(500)).isFalse();

        pulse.pingAnswered(600);

        assertThat(pulse.pings(1_000)).isTrue();
    }

    @Test
    void aPingThatIsNeverAnsweredIsSilence() {
        pulse.pings(0);

        assertThat(pulse.silent(SILENT_AFTER)).isFalse();
        assertThat(pulse.silent(SILENT_AFTER + 1)).isTrue();
    }

    @Test
    void pingsThatFailAtOnceAreSilenceTooAndTheNextIsSentAtOnce() {
        for (long now = 0; now <= SILENT_AFTER; now += 500) {
            assertThat(pulse.pings(now)).isTrue();
            pulse.pingFailed();
            assertThat(pulse.silent(now)).isFalse();
        }
        assertThat(pulse.silent(SILENT_AFTER + 1)).isTrue();

        pulse.pings(SILENT_AFTER + 1);
        pulse.pingAnswered(SILENT_AFTER + 2);

        assertThat(pulse.silent(SILENT_AFTER + 3)).isFalse();
    }

    @Test
    void oneSlowCommandIsNoSilenceWhileOthersAreAnswered() {
        pulse.commandSent(0);
        long quick = pulse.commandSent(1_000);
        pulse.commandAnswered(quick, 1_100);

        assertThat(pulse.silent(SILENT_AFTER + 1)).isFalse();
        assertThat(pulse.inFlight()).isEqualTo(1);
    }

    @Test
    void aCommandIsSilenceIfNothingIsAnsweredAfterIt() {
        pulse.commandSent(0);

        assertThat(pulse.silent(SILENT_AFTER + 1)).isTrue();
        pulse.forget();
        assertThat(pulse.silent(SILENT_AFTER + 2)).isFalse();
    }
}
