package io.interactionprocessor.demo;

import io.interactionprocessor.model.Secret;
import java.net.URI;
import java.util.List;

/**
 * A running Asterisk that the demonstration uses.
 *
 * @param ari its ARI, {@code http://HOST:PORT/ari}
 * @param queue the number that customers call
 * @param context the dialplan's context for that number, which hands the call to {@code Stasis(cti,inbound,NUMBER)}
 * @param stations the phones of the two agents, registered, answering by themselves or lifted by hand within 10 s
 */
public record AsteriskTarget(
        String ari, String user, Secret password, String queue, String context, List<String> stations) {

    /**
     * Reads what was given on the command line.
     *
     * @param url {@code ws://[USER[:PASSWORD]@]HOST:PORT[/...]}, or the same with wss, http, https
     * @param password where the URL has none
     * @param queue {@code NUMBER@CONTEXT}
     * @param stations two numbers
     * @throws IllegalArgumentException if that is none of it, with what to write
     */
    public static AsteriskTarget of(String url, String password, String queue, List<String> stations) {
        URI uri = URI.create(url);
        if (uri.getHost() == null || uri.getScheme() == null) {
            throw new IllegalArgumentException("write it as ws://HOST:PORT");
        }
        boolean tls = uri.getScheme().equals("wss") || uri.getScheme().equals("https");
        String[] login = uri.getUserInfo() == null
                ? new String[] {"cti"}
                : uri.getUserInfo().split(":", 2);
        String secret = login.length > 1 ? login[1] : password;
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException(
                    "the password of ari.conf is missing: set ASTERISK_PASSWORD, or write ws://USER:PASSWORD@HOST:PORT");
        }
        int at = queue.indexOf('@');
        if (at < 1 || stations.size() != 2) {
            throw new IllegalArgumentException("write the queue as NUMBER@CONTEXT, and two stations");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 8089 : 8088;
        return new AsteriskTarget(
                (tls ? "https://" : "http://") + uri.getHost() + ':' + port + "/ari",
                login[0],
                Secret.of(secret),
                queue.substring(0, at),
                queue.substring(at + 1),
                List.copyOf(stations));
    }
}
