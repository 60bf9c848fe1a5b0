package io.interactionprocessor.session.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation's checks can fail: whatever is wrong with the world, some seed shows it. */
class WeaknessIT {
    private static final int SEEDS = 200;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "PEERS_SAY_NOTHING"})
    void isNoticed(Weakness weakness) {
        AssertionError noticed = null;
        for (long seed = 1; seed <= SEEDS && noticed == null; seed++) {
            try {
                Simulation.run(seed, weakness);
            } catch (AssertionError violated) {
                noticed = violated;
            }
        }

        assertThat(noticed).as("%s, after %s seeds", weakness, SEEDS).isNotNull();
        assertThat(noticed).hasMessageContaining("-Dsimulation.weakness=" + weakness);
    }
}
