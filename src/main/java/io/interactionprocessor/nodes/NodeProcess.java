package io.interactionprocessor.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One node in a JVM of its own. */
public final class NodeProcess {
    private static final String READY = "ready ";
    private static final long LONGEST_STOP_S = 12;
    private static final int LOG_LINES_SHOWN = 5;

    private final String name;
    private final Ports ports;
    private final Path log;
    private final Process process;
    private final long startedAt = System.nanoTime();
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private volatile long readyAfterMs;

    private NodeProcess(String name, Ports ports, Path log, Process process) {
        this.name = name;
        this.ports = ports;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a node. It ends with this process, even when this process is killed.
     *
     * @param settings {@code key=value}, each for one {@code --set}
     */
    public static NodeProcess start(
            String name, List<String> java, String config, Ports ports, List<String> settings, Path log) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("node", "--config", config));
        command.addAll(List.of(
                "--exit-with-parent", Long.toString(ProcessHandle.current().pid())));
        for (String setting : settings) {
            command.add("--set");
            command.add(setting);
        }
        return launch(name, command, ports, log);
    }

    /**
     * Starts any command that says on its standard output that it serves as a node does, and where. It inherits no settings
     * of nodes from the environment.
     *
     * @param ports where it listens
     * @param log where its standard error goes
     */
    public static NodeProcess launch(String name, List<String> command, Ports ports, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
        // What is started here is the same whatever the environment says of other nodes.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("IP_"));
        try {
            NodeProcess node = new NodeProcess(name, ports, log, builder.start());
            node.process.getOutputStream().close();
            Thread reader = new Thread(node::readOutput, name + "-output");
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Returns what it is called. */
    public String name() {
        return name;
    }

    /** Returns where it listens. */
    public Ports ports() {
        return ports;
    }

    /** Returns whether it has said that it serves, or ended. */
    public boolean hasSpoken() {
        return url.isDone();
    }

    /** Returns how long that took. */
    public long readyAfterMs() {
        return readyAfterMs;
    }

    /** Waits until it says that it serves, and returns where. */
    public String awaitReady(long millis) throws InterruptedException {
        try {
            return url.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NodeFailed(name + " is not ready after " + millis / 1000 + " s; " + lastWords());
        } catch (ExecutionException e) {
            throw new NodeFailed(name + " has ended before it was ready; " + lastWords());
        }
    }

    /** Asks it to drain and end; {@link #awaitEnd} waits for it. */
    public void stop() {
        process.destroy();
    }

    /** Returns the id of its process. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether it runs, or is frozen. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits until it has ended; one that does not end is killed. Returns its status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_STOP_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    readyAfterMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
                    url.complete(line.substring(READY.length()));
                }
            }
        } catch (IOException e) {
            // The pipe breaks when the process ends; that is said below.
        }
        url.completeExceptionally(new IOException("ended"));
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
            return "the end of " + log + ":"
                    + String.join("", last.stream().map(line -> "\n    " + line).toList());
        } catch (IOException e) {
            return "see " + log;
        }
    }
}
