package io.interactionprocessor.torture.ground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of the operating system. */
final class Shell {
    private static final long LONGEST_S = 20;

    private Shell() {}

    /** A command that did not end with 0. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /** Runs a command and returns what it wrote; throws {@link Failed} with it if it failed. */
    static String run(String... command) {
        return run(List.of(command));
    }

    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failed(String.join(" ", command) + ": not done after " + LONGEST_S + " s");
            }
            if (process.exitValue() != 0) {
                throw new Failed(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new Failed(String.join(" ", command) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(String.join(" ", command) + ": interrupted");
        }
    }

    /** Runs a command whose failure changes nothing. */
    static boolean succeeds(String... command) {
        try {
            run(command);
            return true;
        } catch (Failed e) {
            return false;
        }
    }
}
