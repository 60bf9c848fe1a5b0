package io.interactionprocessor.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the product's command line in JVMs of their own, with this test's class path, and keeps what they print. */
public final class NodeJvms implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long LONGEST_STOP_S = 15;
    private static final String READY = "ready ";

    private final Path directory;
    private final List<String> options;
    private final List<Jvm> jvms = new ArrayList<>();

    /**
     * Starts nothing yet.
     *
     * @param directory where what is printed is kept
     * @param options the JVMs' options
     */
    public NodeJvms(Path directory, List<String> options) {
        this.directory = directory;
        this.options = List.copyOf(options);
    }

    /** One JVM. */
    public static final class Jvm {
        private final String name;
        private final Process process;
        private final Path out;
        private final Path log;

        private Jvm(String name, Process process, Path out, Path log) {
            this.name = name;
            this.process = process;
            this.out = out;
            this.log = log;
        }

        /** Returns the files with all that it has printed: standard output and standard error. */
        public List<Path> printed() {
            return List.of(out, log);
        }

        /** Returns its standard output so far. */
        public String output() {
            return read(out);
        }

        /** Returns its standard error so far. */
        public String errors() {
            return read(log);
        }

        /** Waits until a node says that it serves, and returns its URL. */
        public String awaitReady() {
            Eventually.eventually(LONGEST_START, () -> {
                if (!process.isAlive() || readyLine().isPresent()) {
                    return;
                }
                throw new AssertionError(name + " does not say that it is ready");
            });
            return readyLine().orElseThrow(() -> new AssertionError(name + " has ended: " + errors()));
        }

        private Optional<String> readyLine() {
            return output().lines()
                    .filter(line -> line.startsWith(READY))
                    .map(line -> line.substring(READY.length()).strip())
                    .findFirst();
        }

        /** Asks it to end (SIGTERM). */
        public void terminate() {
            process.destroy();
        }

        /** Waits for its end, and returns its status. */
        public int awaitEnd() throws InterruptedException {
            if (!process.waitFor(LONGEST_STOP_S, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " still runs after " + LONGEST_STOP_S + " s");
            }
            return process.exitValue();
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs a command; {@code input} becomes its standard input. A node ends with this process, even if that is killed. */
    public Jvm run(String name, String input, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.interactionprocessor.Main"));
        command.addAll(arguments);
        try {
            Path out = directory.resolve(name + ".out");
            Path log = directory.resolve(name + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.to(out.toFile()))
                    .redirectError(Redirect.to(log.toFile()))
                    .start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            Jvm jvm = new Jvm(name, process, out, log);
            jvms.add(jvm);
            return jvm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a node with these settings over a configuration file. */
    public Jvm node(String name, String config, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "--config",
                config,
                "--exit-with-parent",
                Long.toString(ProcessHandle.current().pid())));
        for (String setting : settings) {
            arguments.add("--set");
            arguments.add(setting);
        }
        return run(name, "", arguments);
    }

    /** Returns every JVM that was started. */
    public List<Jvm> all() {
        return List.copyOf(jvms);
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        jvms.forEach(jvm -> jvm.process.destroyForcibly());
        jvms.forEach(jvm -> jvm.process.onExit().join());
    }
}
