package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        CommandLine commands =
                Main.commandLine(arguments).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .startsWith("Usage: interaction-processor")
                .contains("node", "demo", "check-config", "hash-password");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString().lines()).singleElement().asString().startsWith("Interaction Processor ");
    }

    @Test
    void noCommandOrAnUnknownOneIsAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("nodee")).isEqualTo(2);
        assertThat(run("node", "--sett", "a=b")).isEqualTo(2);
        assertThat(run("check-config")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(4);
    }

    @Test
    void checkConfigSaysOk() throws Exception {
        assertThat(run("check-config", "conf/demo.yaml")).isZero();
        assertThat(run("check-config", "conf/node.yaml")).isZero();
        assertThat(out.toString().lines()).containsExactly("conf/demo.yaml: ok", "conf/node.yaml: ok");
    }

    @Test
    void checkConfigSaysInOneLineWhatIsWrong() throws Exception {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "http: {prot: 80}\n");

        assertThat(run("check-config", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(file + ": http.prot = \"80\": no such key; did you mean http.port?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aNodeDoesNotStartWithAWrongSetting() {
        assertThat(run("node", "--config", "conf/demo.yaml", "--set", "http.host=0.0.0.0"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("--set: http.host = \"0.0.0.0\": ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void hashPasswordPrintsWhatTheConfigurationTakes() throws Exception {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("correct horse\nsecond line\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("hash-password")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).hasSize(1);
        String hash = out.toString().strip();
        assertThat(hash).startsWith("$pbkdf2$").doesNotContain("correct", "horse");
        Path file = Files.writeString(directory.resolve("node.yaml"), """
                processors:
                  - id: sim
                    instance-domain: default
                    cti: {type: simulated}
                    agents: [{id: "1", password-hash: "%s"}]
                """.formatted(hash));
        assertThat(run("check-config", file.toString())).as(err.toString()).isZero();
    }

    @Test
    void anEmptyPasswordIsNone() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(new byte[0]));
            assertThat(run("hash-password")).isEqualTo(2);
        } finally {
            System.setIn(before);
        }
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "hash-password: the password is empty; type one, or send one line to standard input");
    }
}
