package io.interactionprocessor;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.nodes.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users start it: processes, their output, signals and exit statuses. */
class CommandLineIT {
    private static final String JAR = System.getProperty("interactionprocessor.jar");

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(
                JAR == null
                        ? List.of("-cp", System.getProperty("java.class.path"), Main.class.getName())
                        : List.of("-jar", JAR));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(errors().toFile()).start();
        processes.add(process);
        return process;
    }

    private Path errors() {
        return directory.resolve("errors");
    }

    private Process node(int managementPort, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "--config",
                "conf/demo.yaml",
                "--set",
                "http.port=0",
                "--set",
                "management.port=" + managementPort,
                "--set",
                "cluster.port=" + freePort(),
                "--set",
                "cluster.name=command-line-it"));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    private static int freePort() {
        return FreePorts.find(1).get(0);
    }

    private static int status(String method, int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void aNodeSaysReadyInOneLineAndStopsOnSigterm() throws Exception {
        int management = freePort();
        Process node = node(management);
        try (BufferedReader output = output(node)) {
            assertThat(output.readLine()).matches("ready ws://127\\.0\\.0\\.1:[1-9][0-9]*/ws");
            assertThat(status("GET", management, "/health/ready")).isEqualTo(200);
            assertThat(status("GET", management, "/health/live")).isEqualTo(200);

            node.toHandle().destroy(); // the process itself would close our end of its output too

            assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isZero();
            assertThat(output.readLine()).isNull();
        }
        assertThat(Files.readString(errors())).doesNotContain("\tat ");
    }

    @Test
    void aNodeThatIsToldToDrainEnds() throws Exception {
        int management = freePort();
        Process node = node(management);
        try (BufferedReader output = output(node)) {
            assertThat(output.readLine()).startsWith("ready ");
            assertThat(status("POST", management, "/drain")).isEqualTo(202);
            assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isZero();
        }
    }

    @Test
    void aNodeDoesNotOutliveTheProcessThatItWasGiven() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        processes.add(parent);
        Process node = node(0, "--exit-with-parent", Long.toString(parent.pid()));
        try (BufferedReader output = output(node)) {
            assertThat(output.readLine()).startsWith("ready ");
            parent.destroyForcibly();
            assertThat(node.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isZero();
        }
    }

    @Test
    void aNodeWithoutItsPortEndsWithOneLineThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String key : List.of("http.port", "management.port", "cluster.port")) {
                Process node = node(0, "--set", key + "=" + taken.getLocalPort());
                assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(node.exitValue()).as(key).isEqualTo(1);
                List<String> lines = Files.readAllLines(errors());
                assertThat(lines.get(lines.size() - 1))
                        .startsWith("node: cannot start: " + key + " " + taken.getLocalPort());
            }
        }
    }

    @Test
    void theDemonstrationIsRightAndLeavesNothingBehind() throws Exception {
        Process demo = start("demo", "--once");
        try (BufferedReader output = output(demo)) {
            List<String> lines = output.lines().toList();
            assertThat(demo.waitFor()).as(String.join("\n", lines)).isZero();
            assertThat(lines).anyMatch(line -> line.startsWith("One cluster of 3 after "));
            assertThat(lines).noneMatch(line -> line.contains("WRONG"));
            assertThat(lines).last().asString().matches("All 16 steps as the protocol says\\.");
        }
        eventually(() -> assertThat(demo.descendants()).isEmpty());
    }
}
