package io.interactionprocessor.cti.asterisk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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

    /** Lets customers call a number, so many each second; returns whether every one was served. */
    static boolean call(Pbx pbx, String number, int perSecond, int calls) throws Exception {
        Path directory = Files.createDirectories(
                Path.of("target", "asterisk", "customers" + pbx.version).toAbsolutePath());
        Process customers = new ProcessBuilder(
                        "sipp",
                        "-sf",
                        Path.of("src/test/resources/asterisk/customers.xml")
                                .toAbsolutePath()
                                .toString(),
                        "-i",
                        "127.0.0.2",
                        "-mi",
                        "127.0.0.2",
                        "-s",
                        number,
                        "-r",
                        Integer.toString(perSecond),
                        "-m",
                        Integer.toString(calls),
                        "-nostdin",
                        "127.0.0.1:" + pbx.sipPort)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        try {
            return customers.waitFor(calls / perSecond + 90L, TimeUnit.SECONDS) && customers.exitValue() == 0;
        } finally {
            Pbx.end(customers);
        }
    }

    @Override
    public void close() {
        Pbx.end(process);
    }
}
