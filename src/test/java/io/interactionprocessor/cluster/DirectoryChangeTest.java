package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import java.util.AbstractMap.SimpleEntry;
import org.junit.jupiter.api.Test;

class DirectoryChangeTest {
    private final SimpleEntry<String, DirectoryEntry> agent = new SimpleEntry<>("1001", null);

    @Test
    void aRepetitionThatIsRefusedDoesNotTellTheBackupWhatWasGrantedBefore() {
        DirectoryChange claim = DirectoryChange.claim(new SessionId("s1"), "a", 1);
        assertThat(claim.process(agent).granted()).isTrue();
        assertThat(claim.getBackupProcessor()).isNotNull();
        DirectoryChange.override(null, new SessionId("s2"), "b", 2).process(agent);

        assertThat(claim.process(agent).granted()).isFalse();
        assertThat(claim.getBackupProcessor()).isNull();
        assertThat(agent.getValue().session()).isEqualTo(new SessionId("s2"));
    }

    @Test
    void aRepetitionThatIsGrantedAgainMakesSureThatTheBackupHasIt() {
        DirectoryChange claim = DirectoryChange.claim(new SessionId("s1"), "a", 1);
        claim.process(agent);

        assertThat(claim.process(agent).granted()).isTrue();
        assertThat(claim.getBackupProcessor()).isNotNull();
    }

    @Test
    void anAgentWhoseEntryWasLostDoesNotBeginBelowWhatTheSwitchHasSeen() {
        long now = 1_700_000_000_000L;
        DirectoryChange.claim(new SessionId("s1"), "a", now).process(agent);
        DirectoryChange.override(null, new SessionId("s2"), "a", now + 1).process(agent);
        Epoch seen = agent.getValue().epoch();

        agent.setValue(null);
        DirectoryChange.claim(new SessionId("s3"), "b", now + 60_000).process(agent);

        assertThat(seen.isOlderThan(agent.getValue().epoch())).isTrue();
    }
}
