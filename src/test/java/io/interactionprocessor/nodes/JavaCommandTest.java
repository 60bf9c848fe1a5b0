package io.interactionprocessor.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.Main;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    @Test
    void runsTheSameProgram() throws Exception {
        List<String> command = new ArrayList<>(JavaCommand.of(Main.class, JavaCommand.SMALL));
        command.add("--version");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("Interaction Processor ");
        assertThat(process.waitFor()).isZero();
    }

    /** Run by Maven, {@code java.class.path} is Maven's own. */
    @Test
    void asksTheClassLoaderWhenItKnows() throws Exception {
        Path classes = Path.of("target", "classes").toAbsolutePath();
        URL[] urls = {classes.toUri().toURL(), Path.of("/a b.jar").toUri().toURL()};
        try (URLClassLoader mavens = new URLClassLoader(urls, null)) {
            Class<?> main = mavens.loadClass("io.interactionprocessor.demo.DemoFailed");

            List<String> command = JavaCommand.of(main, JavaCommand.SMALL);

            assertThat(command.get(command.indexOf("-cp") + 1)).isEqualTo(classes + File.pathSeparator + "/a b.jar");
            assertThat(command).endsWith("io.interactionprocessor.demo.DemoFailed");
        }
    }
}
