package io.interactionprocessor.cti.asterisk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A phone, or many, that sipp plays from a scenario: what baresip cannot, such as answering when told by NOTIFY. */
final class SippPhone implements Closeable {
    private final Process process;

    /** Starts to listen. */
    SippPhone(Pbx pbx, String address, int port, String scenario) throws IOException {
        Path directory = Files.createDirectories(
                Path.of("target", "asterisk", "sipp" + pbx.version + "-" + port).toAbsolutePath());
        process = new ProcessBuilder(
                        "sipp",
                        "-sf",
                        Path.of("src/test/resources/asterisk", scenario)
                                .toAbsolutePath()
                                .toString(),
                        "-i",
                        address,
                        "-p",
                        Integer.toString(port),
                        "-mi",
                        address,
                        "-nostdin",
                        "-rtp_echo",
                        "127.0.0.1:" + pbx.sipPort)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
    }

    @Override
    public void close() {
        Pbx.end(process);
    }
}
