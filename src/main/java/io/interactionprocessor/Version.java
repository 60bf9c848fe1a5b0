package io.interactionprocessor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** Which build this is: what the jar's manifest says. */
final class Version implements IVersionProvider {
    private static final String TITLE = "Interaction Processor";

    /** Returns the version, or {@code development} outside the jar. */
    static String number() {
        return attribute("Implementation-Version", "development");
    }

    /** Returns the abbreviated commit, or {@code unknown} outside the jar. */
    static String commit() {
        return attribute("Implementation-Commit", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {TITLE + ' ' + number() + " (" + commit() + "), Java " + Runtime.version()};
    }

    private static String attribute(String name, String otherwise) {
        try {
            for (URL manifest : Collections.list(Version.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
                try (var stream = manifest.openStream()) {
                    Attributes attributes = new Manifest(stream).getMainAttributes();
                    if (TITLE.equals(attributes.getValue("Implementation-Title"))) {
                        String value = attributes.getValue(name);
                        return value == null ? otherwise : value;
                    }
                }
            }
            return otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
