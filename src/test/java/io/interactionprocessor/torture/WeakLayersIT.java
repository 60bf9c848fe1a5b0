package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interactionprocessor.torture.ground.NamespaceGround;
import org.junit.jupiter.api.Test;

/**
 * As {@link WeakNodeIT}, for what lies in layers: without the link's lease no harm can be seen as long as the node's own lease
 * holds, and without epochs none as long as whoever loses a session is told. The builds here lack both. CI runs this beside
 * {@code mvn verify}, which has little time.
 */
class WeakLayersIT extends Weakened {
    private static final String EXECUTED = "overridden sessions executed";
    private static final String[] OBEYED = {"two effective sessions of one agent", EXECUTED};

    @Test
    void withoutLeasesBothSidesOfACutGoOn() throws Exception {
        boolean possible = NamespaceGround.isPossible();
        if (System.getenv("CI") == null) {
            assumeTrue(possible, "cutting a network needs network namespaces: root, ip, and nft or iptables");
        }
        assertThat(wrong(torture("lease", "R3", 1)))
                .as("%s", told)
                .containsAnyOf("two effective sessions of one agent", "executed after the lease");
    }

    @Test
    void withoutEpochsTheSwitchObeysWhoHasLostTheSession() throws Exception {
        assertThat(wrong(torture("epoch", "R4", 1))).as("%s", told).containsAnyOf(OBEYED);
    }

    /**
     * The switch learns of an epoch by the first that comes with it. Between a session's grant and its first word to the switch
     * the one before it, which nobody told here, may still succeed; that is two effective sessions, and not the epochs' part.
     */
    @Test
    void withEpochsItDoesNot_thoughNobodyToldHim() throws Exception {
        assertThat(wrong(torture("untold", "R4", 1))).as("%s", told).doesNotContain(EXECUTED);
    }
}
