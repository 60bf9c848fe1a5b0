package io.interactionprocessor.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    /** The other process: finds ports, says which, and lives until its input ends. */
    public static final class Other {
        private Other() {}

        public static void main(String[] args) throws Exception {
            List<Integer> found = FreePorts.find(50);
            System.out.println(found.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            System.in.readAllBytes();
        }
    }

    @Test
    void noPortIsFoundTwice() {
        List<Integer> found = FreePorts.find(500);

        assertThat(found).hasSize(500).doesNotHaveDuplicates();
        assertThat(found).doesNotContainAnyElementsOf(FreePorts.find(500));
    }

    @Test
    void whatAnotherProcessHasFoundIsItsOwnUntilItEnds() throws Exception {
        Process other = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            List<Integer> theirs = List.of(said.readLine().split(" ")).stream()
                    .map(Integer::valueOf)
                    .toList();
            assertThat(theirs).hasSize(50).noneMatch(FreePorts::claim);

            other.destroyForcibly().waitFor();
            assertThat(theirs).allMatch(FreePorts::claim);
        } finally {
            other.destroyForcibly();
        }
    }
}
