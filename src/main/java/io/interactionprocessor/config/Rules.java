package io.interactionprocessor.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What settings must be in view of each other. */
final class Rules {
    private static final Pattern URL = Pattern.compile("wss?://[^\\s/?#]+(/[^\\s?#]*)?");
    private static final Pattern ORIGIN = Pattern.compile("\\*|[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s/?#*]+");

    private final NodeConfig config;
    private final Layers layers;

    private Rules(NodeConfig config, Layers layers) {
        this.config = config;
        this.layers = layers;
    }

    static void check(NodeConfig config, Layers layers) throws ConfigException {
        Rules rules = new Rules(config, layers);
        rules.http();
        rules.cluster();
        rules.times();
        rules.callModels();
        new ProcessorRules(config, layers).check();
        rules.demo();
        rules.credentials();
    }

    private void http() throws ConfigException {
        NodeConfig.Http http = config.http();
        Optional<Path> certificate = http.tls().certificate();
        Optional<Path> key = http.tls().key();
        if (certificate.isPresent() != key.isPresent()) {
            String missing = certificate.isPresent() ? "http.tls.key" : "http.tls.certificate";
            throw ConfigException.missing(
                    layers.source(missing), missing, "TLS needs both, http.tls.certificate and http.tls.key");
        }
        readable("http.tls.certificate", certificate);
        readable("http.tls.key", key);
        String url = http.advertisedUrl().orElse("ws://host");
        if (!URL.matcher(url).matches()) {
            throw wrong("http.advertised-url", url, "write a WebSocket URL, such as wss://desk.example.com/ws");
        }
        for (String origin : http.allowedOrigins()) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw wrong(
                        "http.allowed-origins",
                        origin,
                        "write scheme and host as browsers send them, such as https://desk.example.com");
            }
        }
        NodeConfig.Management management = config.management();
        if (http.port() != 0 && http.port() == management.port() && http.host().equals(management.host())) {
            throw wrong("management.port", management.port(), "http.port has it already; take another");
        }
    }

    private void readable(String key, Optional<Path> file) throws ConfigException {
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw wrong(key, file.get(), "there is no such file that can be read; write the path of a PEM file");
        }
    }

    private void cluster() throws ConfigException {
        NodeConfig.Cluster cluster = config.cluster();
        if (cluster.host().equals("0.0.0.0") || cluster.host().equals("::")) {
            throw wrong("cluster.host", cluster.host(), "write the address at which the other nodes reach this one");
        }
        if (cluster.busPort() == cluster.port()) {
            throw wrong("cluster.bus-port", cluster.busPort(), "cluster.port has it already; take another, or 0");
        }
        Set<HostPort> members = new HashSet<>();
        for (HostPort member : cluster.members()) {
            if (!members.add(member)) {
                throw wrong("cluster.members", member, "it is listed twice; list each node once");
            }
        }
        if (!members.isEmpty() && !isListed(cluster)) {
            throw wrong(
                    "cluster.members",
                    cluster.members().stream().map(HostPort::toString).collect(Collectors.joining(",")),
                    "this node, " + cluster.host() + ":" + cluster.port()
                            + ", must be among them: a majority is counted by this list, which is the same on each node");
        }
        if (cluster.quorum() > Math.max(1, members.size())) {
            throw wrong(
                    "cluster.quorum",
                    cluster.quorum(),
                    "there are only " + members.size() + " cluster.members; write 0 for their majority");
        }
    }

    private static boolean isListed(NodeConfig.Cluster cluster) {
        return cluster.members().contains(new HostPort(cluster.host(), cluster.port()))
                || cluster.members().stream()
                        .anyMatch(member ->
                                member.port() == cluster.port() && mayBeTheSame(member.host(), cluster.host()));
    }

    /** Also if a name is not known here: where a configuration is checked need not be where it is used. */
    private static boolean mayBeTheSame(String one, String other) {
        try {
            return !Collections.disjoint(
                    List.of(InetAddress.getAllByName(one)), List.of(InetAddress.getAllByName(other)));
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private void times() throws ConfigException {
        Timeouts timeouts = config.timeouts();
        if (timeouts.silence().compareTo(timeouts.ping()) <= 0) {
            throw wrong(
                    "timeouts.silence",
                    Durations.show(timeouts.silence()),
                    "it must be longer than timeouts.ping, " + Durations.show(timeouts.ping())
                            + ", or every client is dropped");
        }
    }

    private void callModels() throws ConfigException {
        List<String> models = config.callModels();
        if (models.isEmpty()) {
            throw ConfigException.missing(layers.source("call-models"), "call-models", "name at least one");
        }
        Set<String> seen = new HashSet<>();
        for (String model : models) {
            if (!seen.add(model)) {
                throw wrong("call-models", model, "it is listed twice; list each model once");
            }
        }
        if (!models.contains(config.defaultCallModel())) {
            throw wrong(
                    "default-call-model",
                    config.defaultCallModel(),
                    "it is none of call-models; take one of " + String.join(", ", models));
        }
    }

    private void demo() throws ConfigException {
        if (!config.demo()) {
            return;
        }
        if (!layers.inFile("demo")) {
            throw wrong("demo", true, "only the file can say that it is for demonstrations; write demo: true there");
        }
        loopback("http.host", config.http().host());
        loopback("management.host", config.management().host());
        loopback("cluster.host", config.cluster().host());
    }

    private void loopback(String key, String host) throws ConfigException {
        if (!Loopback.is(host)) {
            throw wrong(
                    key,
                    host,
                    "a file with demo: true serves loopback only; write 127.0.0.1, or take a file without demo and"
                            + " with password-hash");
        }
    }

    private void credentials() throws ConfigException {
        boolean exposed =
                !config.http().tls().enabled() && !Loopback.is(config.http().host());
        if (config.echoCredentials() && exposed) {
            throw wrong(
                    "echo-credentials",
                    true,
                    "passwords would cross the network in the clear; set http.tls, or http.host to 127.0.0.1");
        }
    }

    private ConfigException wrong(String key, Object value, String remedy) {
        return ConfigException.of(layers.source(key), key, ConfigException.shown(value), remedy);
    }
}
