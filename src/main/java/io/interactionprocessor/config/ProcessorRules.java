package io.interactionprocessor.config;

import io.interactionprocessor.model.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What processors, agents and queues must be in view of each other. */
final class ProcessorRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private static final Pattern HASH =
            Pattern.compile("\\$pbkdf2\\$it=[1-9][0-9]{4,8}\\$[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+");

    private final NodeConfig config;
    private final Layers layers;

    ProcessorRules(NodeConfig config, Layers layers) {
        this.config = config;
        this.layers = layers;
    }

    void check() throws ConfigException {
        List<Processor> processors = config.processors();
        if (processors.isEmpty()) {
            throw ConfigException.missing(
                    layers.source("processors"), "processors", "write at least one, as conf/node.yaml shows");
        }
        Set<String> ids = new HashSet<>(Set.of("ServiceMonitor"));
        for (int i = 0; i < processors.size(); i++) {
            Processor processor = processors.get(i);
            String path = "processors[" + i + "].";
            name(path + "id", processor.id());
            unique(ids, path + "id", processor.id(), "another service has this id; take one of its own");
            name(path + "instance-domain", processor.instanceDomain());
            for (String reason : processor.notReadyReasons()) {
                if (reason.equals("connectionLost") || reason.equals("ringNoAnswer")) {
                    throw wrong(path + "not-ready-reasons", reason, "the service itself gives this one; leave it out");
                }
            }
            people(processor, path);
        }
    }

    private void people(Processor processor, String path) throws ConfigException {
        Set<String> queues = queues(processor.cti(), path);
        Set<String> ids = new HashSet<>();
        Set<String> extensions = new HashSet<>(queues);
        for (int i = 0; i < processor.agents().size(); i++) {
            Processor.Agent agent = processor.agents().get(i);
            String at = path + "agents[" + i + "].";
            unique(ids, at + "id", agent.id(), "another agent has this id; give each agent one entry");
            unique(extensions, at + "extension", agent.extension(), "another agent or a queue has this number");
            known(queues, at + "queues", agent.queues());
            passwords(at, agent.password(), agent.passwordHash());
        }
        for (int i = 0; i < processor.agentRanges().size(); i++) {
            Processor.AgentRange range = processor.agentRanges().get(i);
            String at = path + "agent-ranges[" + i + "].";
            for (int number = range.from(); number < range.from() + range.count(); number++) {
                String id = Integer.toString(number);
                String remedy = "the range holds " + id + ", which another agent or a queue has";
                unique(ids, at + "from", range.from(), id, remedy);
                unique(extensions, at + "from", range.from(), id, remedy);
            }
            known(queues, at + "queues", range.queues());
            passwords(at, range.password(), range.passwordHash());
        }
    }

    private Set<String> queues(Cti cti, String path) throws ConfigException {
        Set<String> numbers = new HashSet<>();
        List<Cti.Queue> queues = List.of();
        if (cti instanceof Cti.Simulated simulated) {
            queues = simulated.queues();
        } else if (cti instanceof Cti.Asterisk asterisk) {
            queues = asterisk.queues();
            new AsteriskRules(layers, path + "cti.").check(asterisk);
        }
        for (int i = 0; i < queues.size(); i++) {
            String number = queues.get(i).number();
            unique(numbers, path + "cti.queues[" + i + "].number", number, "another queue has this number");
        }
        return numbers;
    }

    private void known(Set<String> queues, String path, List<String> named) throws ConfigException {
        for (String queue : named) {
            if (!queues.contains(queue)) {
                throw wrong(path, queue, "there is no queue of this number; name those of cti.queues");
            }
        }
    }

    /** One of the two, and the plain one only where it can do no harm. */
    private void passwords(String path, Optional<Secret> plain, Optional<Secret> hash) throws ConfigException {
        if (plain.isPresent() && !config.demo()) {
            throw ConfigException.of(
                    layers.source(path + "password"),
                    path + "password",
                    "***",
                    "plain passwords are for files with demo: true; write password-hash and what hash-password prints");
        }
        if (plain.isPresent() == hash.isPresent()) {
            String remedy = plain.isPresent()
                    ? "password is given too; write one of the two"
                    : "nobody could log in; write what hash-password prints";
            throw ConfigException.of(
                    layers.source(path + "password-hash"),
                    path + "password-hash",
                    hash.isPresent() ? "***" : "(nothing)",
                    remedy);
        }
        if (hash.isPresent() && !HASH.matcher(hash.get().reveal()).matches()) {
            throw ConfigException.of(
                    layers.source(path + "password-hash"),
                    path + "password-hash",
                    "***",
                    "this is no hash; write what hash-password prints");
        }
    }

    private void name(String path, String value) throws ConfigException {
        if (!NAME.matcher(value).matches()) {
            throw wrong(path, value, "write at most 64 letters, digits, - and _, the first a letter or digit");
        }
    }

    private void unique(Set<String> seen, String path, String value, String remedy) throws ConfigException {
        unique(seen, path, value, value, remedy);
    }

    private void unique(Set<String> seen, String path, Object shown, String value, String remedy)
            throws ConfigException {
        if (!seen.add(value)) {
            throw wrong(path, shown, remedy);
        }
    }

    private ConfigException wrong(String path, Object value, String remedy) {
        return ConfigException.of(layers.source(path), path, ConfigException.shown(value), remedy);
    }
}
