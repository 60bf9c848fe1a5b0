package io.interactionprocessor;

import io.interactionprocessor.auth.AgentEntry;
import io.interactionprocessor.cluster.ClusterSettings;
import io.interactionprocessor.config.Cti;
import io.interactionprocessor.config.HostPort;
import io.interactionprocessor.config.NodeConfig;
import io.interactionprocessor.config.Processor;
import io.interactionprocessor.cti.asterisk.AsteriskSettings;
import io.interactionprocessor.cti.simulated.SimulatedSettings;
import io.interactionprocessor.gateway.GatewaySettings;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.session.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** From the one configuration tree to what each part is told: parts do not know the configuration. */
final class SettingsMapping {
    private SettingsMapping() {}

    static ClusterSettings cluster(NodeConfig config) {
        NodeConfig.Cluster cluster = config.cluster();
        List<String> members =
                cluster.members().stream().map(HostPort::toString).toList();
        return new ClusterSettings(
                cluster.name(),
                cluster.host(),
                cluster.port(),
                cluster.busPort(),
                members,
                cluster.quorum(),
                cluster.file());
    }

    static SessionSettings sessions(NodeConfig config) {
        return new SessionSettings(
                config.timeouts().command().toMillis(),
                config.timeouts().unboundSession().toMillis(),
                config.timeouts().detachedNotReady().toMillis(),
                config.timeouts().detachedSession().toMillis(),
                config.timeouts().handover().toMillis(),
                SessionSettings.DEFAULT.compareEvery(),
                config.limits().storedAnswers(),
                config.limits().replayWindow(),
                config.limits().outstandingRequests());
    }

    static SessionSettings.Processor processor(NodeConfig config, Processor processor, Set<Operation> operations) {
        List<String> models = new ArrayList<>(config.callModels());
        models.remove(config.defaultCallModel());
        models.add(0, config.defaultCallModel());
        return new SessionSettings.Processor(
                processor.id(), models, processor.notReadyReasons(), processor.dispositions(), operations);
    }

    static GatewaySettings gateway(NodeConfig config, int eventLoops) {
        NodeConfig.Http http = config.http();
        GatewaySettings.Tls tls = http.tls().enabled()
                ? new GatewaySettings.Tls(
                        http.tls().certificate().orElseThrow().toString(),
                        http.tls().key().orElseThrow().toString())
                : null;
        int message = (int) config.limits().messageSize().bytes();
        return new GatewaySettings(
                http.host(),
                http.port(),
                "/ws",
                eventLoops,
                config.limits().connections(),
                http.allowedOrigins(),
                tls,
                config.echoCredentials(),
                config.exposeStackTraces(),
                new GatewaySettings.Limits(
                        message,
                        4 * message,
                        config.limits().malformedMessages(),
                        config.limits().malformedWindow(),
                        config.limits().requestsPerSecond(),
                        config.limits().requestBurst(),
                        config.limits().outstandingRequests(),
                        (int) config.limits().outboundQueue().bytes()),
                new GatewaySettings.Timing(
                        config.timeouts().ping(),
                        config.timeouts().silence(),
                        config.timeouts().handshake(),
                        config.timeouts().command(),
                        config.timeouts().standIn()),
                new GatewaySettings.DrainPace(
                        GatewaySettings.DrainPace.DEFAULT.batch(),
                        GatewaySettings.DrainPace.DEFAULT.pause(),
                        config.timeouts().drain()));
    }

    static List<AgentEntry> agents(Processor processor) {
        List<AgentEntry> entries = new ArrayList<>();
        for (Processor.Agent agent : processor.allAgents()) {
            entries.add(agent.passwordHash()
                    .<AgentEntry>map(hash -> new AgentEntry.Hashed(agent.id(), agent.name(), hash.reveal()))
                    .orElseGet(() -> new AgentEntry.Plain(
                            agent.id(), agent.name(), agent.password().orElseThrow())));
        }
        return entries;
    }

    static SimulatedSettings simulated(Processor processor, Cti.Simulated cti) {
        Set<String> all = cti.queues().stream().map(Cti.Queue::number).collect(Collectors.toSet());
        List<SimulatedSettings.AgentLine> lines = processor.allAgents().stream()
                .map(agent -> new SimulatedSettings.AgentLine(
                        agent.id(),
                        agent.name(),
                        agent.extension(),
                        agent.queues().isEmpty() ? all : Set.copyOf(agent.queues())))
                .toList();
        List<SimulatedSettings.QueueLine> queues = cti.queues().stream()
                .map(queue -> new SimulatedSettings.QueueLine(
                        queue.number(),
                        queue.name(),
                        queue.afterCallWork().toMillis(),
                        queue.ring().toMillis()))
                .toList();
        Cti.Times times = cti.times();
        return new SimulatedSettings(
                lines,
                queues,
                new SimulatedSettings.Times(
                        times.setup().toMillis(),
                        times.answer().toMillis(),
                        times.noAnswer().toMillis(),
                        times.reject().toMillis(),
                        times.shortTalk().toMillis(),
                        times.slowAnswer().toMillis(),
                        times.agentRing().toMillis(),
                        times.reofferAfter().toMillis(),
                        times.failedKept().toMillis(),
                        times.patience().toMillis()),
                cti.seed(),
                cti.historySize());
    }

    static AsteriskSettings asterisk(Processor processor, Cti.Asterisk cti) {
        Set<String> all = cti.queues().stream().map(Cti.Queue::number).collect(Collectors.toSet());
        List<AsteriskSettings.AgentLine> lines = processor.allAgents().stream()
                .map(agent -> new AsteriskSettings.AgentLine(
                        agent.id(),
                        agent.name(),
                        agent.extension(),
                        agent.queues().isEmpty() ? all : Set.copyOf(agent.queues())))
                .toList();
        Map<String, AsteriskSettings.AnswerMode> exceptions = cti.stations().exceptions().stream()
                .filter(station -> !station.answer().isEmpty())
                .collect(Collectors.toMap(Cti.Station::number, station -> mode(station.answer())));
        Map<String, String> endpoints = cti.stations().exceptions().stream()
                .filter(station -> !station.endpoint().isEmpty())
                .collect(Collectors.toMap(Cti.Station::number, Cti.Station::endpoint));
        Cti.Ami ami = cti.ami();
        Cti.Waits waits = cti.waits();
        return new AsteriskSettings(
                new AsteriskSettings.Ari(
                        cti.ari().url(), cti.ari().user(), cti.ari().password()),
                ami.host().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new AsteriskSettings.Ami(
                                ami.host(),
                                ami.port(),
                                ami.user(),
                                ami.password().orElseThrow())),
                cti.application(),
                lines,
                new AsteriskSettings.Stations(
                        cti.stations().endpoint(),
                        cti.stations().member(),
                        mode(cti.stations().answer()),
                        exceptions,
                        endpoints),
                cti.queues().stream()
                        .map(queue -> new AsteriskSettings.QueueLine(
                                queue.number(),
                                queue.name(),
                                queue.pbxQueue(),
                                queue.music(),
                                queue.afterCallWork().toMillis(),
                                queue.ring().toMillis()))
                        .toList(),
                cti.routes().stream()
                        .map(route -> new AsteriskSettings.Route(Pattern.compile(route.number()), route.endpoint()))
                        .toList(),
                cti.callData(),
                cti.holdMusic(),
                new AsteriskSettings.Times(
                        waits.agentRing().toMillis(),
                        waits.noAnswer().toMillis(),
                        waits.reofferAfter().toMillis(),
                        waits.failedKept().toMillis()));
    }

    private static AsteriskSettings.AnswerMode mode(String word) {
        return AsteriskSettings.AnswerMode.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
