package io.interactionprocessor.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which web pages may connect. A browser always says where its page is from and cannot be made to lie by that page; other
 * clients send no Origin and are admitted. Without configuration only pages from this very host and port are admitted.
 */
final class Origins {
    private static final String ANY = "*";

    private final boolean any;
    private final Set<String> allowed;

    /**
     * Admits these.
     *
     * @param allowed origins as browsers write them, for example {@code https://desk.example.com}, or {@code *} for all
     */
    Origins(List<String> allowed) {
        this.any = allowed.contains(ANY);
        this.allowed =
                allowed.stream().map(one -> one.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Decides.
     *
     * @param origin the request's Origin, or null
     * @param authority the request's Host, or null
     * @param tls whether the request came over TLS
     */
    boolean admit(String origin, String authority, boolean tls) {
        if (origin == null || any) {
            return true;
        }
        String from = origin.toLowerCase(Locale.ROOT);
        return allowed.contains(from) || isOurs(from, authority, tls);
    }

    private static boolean isOurs(String origin, String authority, boolean tls) {
        if (authority == null) {
            return false;
        }
        String scheme = tls ? "https" : "http";
        try {
            URI from = new URI(origin);
            URI self = new URI(scheme + "://" + authority.toLowerCase(Locale.ROOT));
            return scheme.equals(from.getScheme())
                    && from.getHost() != null
                    && from.getHost().equals(self.getHost())
                    && port(from, tls) == port(self, tls);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI uri, boolean tls) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return tls ? 443 : 80;
    }
}
