package io.interactionprocessor.config;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the settings of an Asterisk must be, beyond what their types say. */
final class AsteriskRules {
    private static final Set<String> ANSWERS = Set.of("auto-answer", "talk", "manual");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,79}");
    private static final Pattern APPLICATION = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

    private final Layers layers;
    private final String path;

    AsteriskRules(Layers layers, String path) {
        this.layers = layers;
        this.path = path;
    }

    void check(Cti.Asterisk asterisk) throws ConfigException {
        url(asterisk.ari().url());
        matches(APPLICATION, "application", asterisk.application(), "at most 32 letters, digits, - and _");
        boolean ami = !asterisk.ami().host().isEmpty();
        if (ami && asterisk.ami().user().isEmpty()) {
            throw ConfigException.missing(
                    layers.source(path + "ami.user"), path + "ami.user", "manager.conf has it in square brackets");
        }
        if (ami && asterisk.ami().password().isEmpty()) {
            throw ConfigException.missing(
                    layers.source(path + "ami.password"), path + "ami.password", "manager.conf has it as secret");
        }
        answers(asterisk.stations(), ami);
        for (int i = 0; i < asterisk.routes().size(); i++) {
            Cti.Route route = asterisk.routes().get(i);
            try {
                Pattern.compile(route.number());
            } catch (PatternSyntaxException e) {
                throw wrong(
                        "routes[" + i + "].number",
                        route.number(),
                        "write a regular expression: " + e.getDescription());
            }
        }
        for (int i = 0; i < asterisk.queues().size(); i++) {
            if (!asterisk.queues().get(i).pbxQueue().isEmpty() && !ami) {
                throw wrong(
                        "queues[" + i + "].pbx-queue",
                        asterisk.queues().get(i).pbxQueue(),
                        "members of Asterisk's own queues need AMI: write ami.host, user and password");
            }
        }
        for (String name : asterisk.callData()) {
            matches(VARIABLE, "call-data", name, "names of channel variables");
        }
    }

    private void url(String url) throws ConfigException {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw wrong("ari.url", url, "write something like http://pbx:8088/ari");
    }

    private void answers(Cti.Stations stations, boolean ami) throws ConfigException {
        answer("stations.answer", stations.answer(), ami);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < stations.exceptions().size(); i++) {
            Cti.Station station = stations.exceptions().get(i);
            if (!station.answer().isEmpty()) {
                answer("stations.exceptions[" + i + "].answer", station.answer(), ami);
            }
            if (!seen.add(station.number())) {
                throw wrong(
                        "stations.exceptions[" + i + "].number", station.number(), "this station stands here twice");
            }
        }
    }

    private void answer(String key, String word, boolean ami) throws ConfigException {
        if (!ANSWERS.contains(word)) {
            throw wrong(key, word, "write auto-answer, talk or manual");
        }
        if (word.equals("talk") && !ami) {
            throw wrong(key, word, "telling a phone to answer needs AMI: write ami.host, user and password");
        }
    }

    private void matches(Pattern pattern, String key, String value, String remedy) throws ConfigException {
        if (!pattern.matcher(value).matches()) {
            throw wrong(key, value, "write " + remedy);
        }
    }

    private ConfigException wrong(String key, String value, String remedy) {
        return ConfigException.of(layers.source(path + key), path + key, ConfigException.shown(value), remedy);
    }
}
