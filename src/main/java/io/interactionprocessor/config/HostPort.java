package io.interactionprocessor.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something listens, written {@code host:port}; an IPv6 address in brackets, {@code [::1]:5701}.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:\\[\\]]+)):(\\d{1,5})");

    /** Returns what a text says, or nothing if it is not {@code host:port}. */
    public static Optional<HostPort> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        return Optional.of(new HostPort(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port));
    }

    @Override
    public String toString() {
        return bracketed(host) + ':' + port;
    }

    /** Returns a host as it stands in a URL: an IPv6 address in brackets. */
    public static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : '[' + host + ']';
    }
}
