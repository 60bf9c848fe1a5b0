package io.interactionprocessor.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The golden messages: what goes over the wire, literally, kept as files so that a change of the wire is seen in review. */
final class GoldenFiles {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");

    private GoldenFiles() {}

    /** Returns the texts of all files in a folder by name without extension. */
    static Map<String, String> in(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                texts.put(name.substring(0, name.lastIndexOf('.')), Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the writer makes of every golden record, by the name of its file. */
    static Map<String, String> written() {
        MessageWriter writer = new MessageWriter();
        Map<String, String> written = new TreeMap<>();
        GoldenAnswers.responses().forEach((name, response) -> written.put(name, writer.response(response)));
        GoldenAnswers.serviceEvents().forEach((name, event) -> written.put(name, writer.serviceEvent(event)));
        GoldenEvents.all()
                .forEach((name, event) -> written.put(
                        "resourceEvent-" + name, writer.event(GoldenObjects.SERVICE, GoldenObjects.RESOURCE, event)));
        return written;
    }
}
