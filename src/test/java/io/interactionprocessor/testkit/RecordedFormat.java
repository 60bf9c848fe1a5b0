package io.interactionprocessor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32;

/**
 * How nodes write what they keep in common and tell each other, as it was when its format got its number: a checksum for each
 * kind, in {@code src/test/resources/format.properties}. Nodes that differ in it must not share a cluster, and only the number
 * tells them so; therefore whoever changes how something is written is reminded of it here.
 */
public final class RecordedFormat {
    private static final String FILE = "/format.properties";
    private static final Properties RECORDED = load();

    private RecordedFormat() {}

    /** Returns the number of the recorded format. */
    public static String number() {
        return RECORDED.getProperty("format");
    }

    /** Fails if these samples of one kind are written otherwise than was recorded. */
    public static void check(String kind, List<byte[]> written) {
        CRC32 checksum = new CRC32();
        written.forEach(checksum::update);
        String now = written.size() + " samples, " + Long.toHexString(checksum.getValue());
        assertThat(now)
                .as(
                        "%s is written in another way than in format %s, or has other samples: a node of the release before"
                                + " must not read it. Raise GridConfig.FORMAT unless no release has the old number, and record"
                                + " '%s=%s' in src/test/resources%s",
                        kind, number(), kind, now, FILE)
                .isEqualTo(RECORDED.getProperty(kind));
    }

    private static Properties load() {
        Properties recorded = new Properties();
        try (InputStream in = RecordedFormat.class.getResourceAsStream(FILE)) {
            recorded.load(in);
            return recorded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
