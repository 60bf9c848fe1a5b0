package io.interactionprocessor.cti.asterisk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asterisk, unpacked from Debian's packages into {@code target}: once, then it is there. */
final class AsteriskInstall {
    private static final Path TARGET = Path.of("target", "asterisk").toAbsolutePath();

    private AsteriskInstall() {}

    /** Says why the tests against a real Asterisk cannot run here, or runs them; with {@code CI} set they always do. */
    static void require() {
        List<String> missing = Stream.of("apt-get", "dpkg-deb", "baresip", "sipp")
                .filter(program -> !onPath(program))
                .toList();
        boolean linux = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (System.getenv("CI") == null) {
            assumeTrue(linux, "tests with a real Asterisk need Linux on x86-64");
            assumeTrue(
                    missing.isEmpty(),
                    () -> "tests with a real Asterisk need " + String.join(", ", missing)
                            + ": on Debian, apt-get install baresip-core sip-tester");
        } else if (!missing.isEmpty()) {
            throw new IllegalStateException("missing: " + missing);
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Returns the root of an unpacked Asterisk: 22 (or what Debian has newest), or 16. */
    static synchronized Path root(int version) throws IOException, InterruptedException {
        Path root = TARGET.resolve("root" + version);
        if (!Files.isExecutable(root.resolve("usr/sbin/asterisk"))) {
            Files.createDirectories(TARGET);
            Path log = TARGET.resolve("install" + version + ".log");
            List<String> command = new ArrayList<>(List.of(
                    "bash", Path.of("src/test/resources/asterisk/install.sh").toString(), root.toString()));
            command.addAll(version >= 20 ? List.of("forky", "sid") : List.of("bullseye"));
            Process install = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!install.waitFor(5, TimeUnit.MINUTES) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new IOException("Asterisk could not be unpacked: " + Files.readString(log));
            }
        }
        return root;
    }

    /** Returns the dynamic loader that belongs to an unpacked Asterisk. */
    static Path loader(Path root) throws IOException {
        for (String directory : List.of("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu")) {
            if (Files.isDirectory(root.resolve(directory))) {
                try (Stream<Path> files = Files.list(root.resolve(directory))) {
                    Optional<Path> loader = files.filter(file -> {
                                String name = file.getFileName().toString();
                                return name.equals("ld-linux-x86-64.so.2")
                                        || (name.startsWith("ld-2.") && name.endsWith(".so"));
                            })
                            .findFirst();
                    if (loader.isPresent()) {
                        return loader.get();
                    }
                }
            }
        }
        throw new IOException("no loader under " + root);
    }
}
