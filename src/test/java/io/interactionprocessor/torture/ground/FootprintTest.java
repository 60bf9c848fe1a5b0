package io.interactionprocessor.torture.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final long NOBODY = Integer.MAX_VALUE;

    @Test
    void aProcessTakesSomething() {
        Footprint own = Footprint.of(ProcessHandle.current().pid());

        assertThat(own.cpuSeconds()).isPositive();
        assertThat(own.descriptors()).isPositive();
        assertThat(own.threads()).isPositive();
    }

    @Test
    void whatOneTakesThatIsGoneIsNotKnown() {
        Footprint gone = Footprint.of(NOBODY);

        assertThat(gone.cpuSeconds()).isNaN();
        assertThat(gone.descriptors()).isNaN();
        assertThat(gone.threads()).isNaN();
        assertThat(Footprint.heapAfterCollection(NOBODY)).isNaN();
    }

    @Test
    void theHeapIsAllItsGenerations() {
        assertThat(Footprint.used("""
                4711:
                 def new generation   total 9792K, used 1024K [0x00, 0x01, 0x02)
                  eden space 8704K,   5% used [0x00, 0x01, 0x02)
                 tenured generation   total 21888K, used 2048K [0x00, 0x01, 0x02)
                 Metaspace       used 77K, committed 256K, reserved 1114112K
                  class space    used 5K, committed 128K, reserved 1048576K
                """)).isCloseTo(3, within(1e-9));
    }

    @Test
    void aHeapInWordsThatAreNotUnderstoodIsNotAnEmptyOne() {
        assertThat(Footprint.used(" ZHeap           used 14M, capacity 512M, max capacity 512M"))
                .isNaN();
    }
}
