package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Availability;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mirrors agents into Asterisk's own queues: logged on is a member, not ready is paused with the reason. A level, too:
 * what should be is compared with what was last said, and with what Asterisk says after each connection.
 */
final class AppQueues {
    private static final Logger LOG = LoggerFactory.getLogger(AppQueues.class);

    /** What a queue should know of an agent; null as a whole: he is no member. */
    private record Membership(String member, String station, boolean paused, String reason) {}

    private final Board board;
    private final AmiLink ami;
    private final Map<String, Membership> said = new HashMap<>();
    private final Map<String, Agent> members = new HashMap<>();
    private boolean known;

    AppQueues(Board board, AmiLink ami) {
        this.board = board;
        this.ami = ami;
    }

    private boolean used() {
        return board.settings.queues().stream()
                .anyMatch(queue -> !queue.pbxQueue().isEmpty());
    }

    /** Reads what Asterisk knows and puts it right. */
    void learn() {
        if (!used()) {
            return;
        }
        known = false;
        ami.list("QueueStatus", Map.of(), "QueueStatusComplete")
                .onSuccess(blocks -> {
                    said.clear();
                    members.clear();
                    for (Agent agent : board.agents.values()) {
                        String station = agent.loggedOn ? agent.station : agent.extension;
                        members.put(board.settings.stations().member(station), agent);
                    }
                    for (Map<String, String> block : blocks) {
                        Agent agent = members.get(location(block));
                        if (agent != null && "QueueMember".equals(block.get("Event"))) {
                            member(agent, block);
                        }
                    }
                    known = true;
                    board.agents.values().forEach(this::mirror);
                })
                .onFailure(cause -> LOG.warn("cannot read the queues' members: {}", cause.getMessage()));
    }

    /**
     * Hears of members that somebody else has changed: the link's last holder, whose words arrive late, or a person at
     * the console. What the service says holds.
     */
    void event(Map<String, String> event) {
        String name = event.getOrDefault("Event", "");
        Agent agent = known && name.startsWith("QueueMember") ? members.get(location(event)) : null;
        if (agent == null) {
            return;
        }
        String key = key(event.get("Queue"), agent);
        switch (name) {
            case "QueueMemberRemoved" -> said.remove(key);
            case "QueueMemberAdded", "QueueMemberPause" -> {
                Membership before = said.get(key);
                // The reason is not compared: Asterisk need not give back what it was given.
                if (before == null || before.paused() != paused(event)) {
                    member(agent, event);
                }
            }
            default -> {
                return;
            }
        }
        mirror(agent);
    }

    private void member(Agent agent, Map<String, String> block) {
        boolean paused = paused(block);
        said.put(
                key(block.get("Queue"), agent),
                new Membership(
                        location(block),
                        agent.loggedOn ? agent.station : agent.extension,
                        paused,
                        paused ? block.getOrDefault("PausedReason", "") : ""));
    }

    private static boolean paused(Map<String, String> block) {
        return "1".equals(block.get("Paused"));
    }

    private static String location(Map<String, String> block) {
        return block.getOrDefault("Location", block.getOrDefault("Interface", ""));
    }

    private static String key(String queue, Agent agent) {
        return queue + '\n' + agent.id;
    }

    /** Tells Asterisk's queues what has become of an agent. */
    void mirror(Agent agent) {
        if (!known || !ami.ready()) {
            return;
        }
        for (AsteriskSettings.QueueLine queue : board.settings.queues()) {
            if (!queue.pbxQueue().isEmpty() && agent.queues.contains(queue.number())) {
                mirror(queue.pbxQueue(), agent);
            }
        }
    }

    private void mirror(String queue, Agent agent) {
        Membership before = said.get(key(queue, agent));
        Membership after = wanted(agent);
        if (Objects.equals(before, after)) {
            return;
        }
        if (after == null) {
            said.remove(key(queue, agent));
            remove(queue, before);
            return;
        }
        said.put(key(queue, agent), after);
        members.put(after.member(), agent);
        if (before != null && before.member().equals(after.member())) {
            pause(queue, after);
            return;
        }
        if (before != null) {
            remove(queue, before);
        }
        Map<String, String> add = new LinkedHashMap<>();
        add.put("Queue", queue);
        add.put("Interface", after.member());
        add.put("MemberName", agent.name);
        add.put("StateInterface", board.settings.stations().endpoint(after.station()));
        add.put("Paused", Boolean.toString(after.paused()));
        add.put("Reason", after.reason());
        // He may be there from before: then what he is must be said again.
        send("QueueAdd", add).onSuccess(blocks -> {
            if (!AmiLink.good(blocks) && said.containsKey(key(queue, agent))) {
                pause(queue, said.get(key(queue, agent)));
            }
        });
    }

    private Membership wanted(Agent agent) {
        if (!agent.loggedOn) {
            return null;
        }
        boolean paused = agent.wanted != Availability.READY || agent.afterCallWork;
        String reason = agent.afterCallWork ? "afterCallWork" : agent.reason == null ? "" : agent.reason;
        return new Membership(
                board.settings.stations().member(agent.station), agent.station, paused, paused ? reason : "");
    }

    private void pause(String queue, Membership member) {
        Map<String, String> pause = new LinkedHashMap<>();
        pause.put("Queue", queue);
        pause.put("Interface", member.member());
        pause.put("Paused", Boolean.toString(member.paused()));
        pause.put("Reason", member.reason());
        send("QueuePause", pause);
    }

    private void remove(String queue, Membership member) {
        send("QueueRemove", Map.of("Queue", queue, "Interface", member.member()));
    }

    private Future<List<Map<String, String>>> send(String action, Map<String, String> fields) {
        return ami.action(action, fields)
                .onSuccess(blocks -> {
                    if (!AmiLink.good(blocks)) {
                        LOG.debug("{} {}: {}", action, fields, blocks.get(0).get("Message"));
                    }
                })
                .onFailure(cause -> {
                    // Connecting anew reads everything.
                    known = false;
                    LOG.warn("{} was not answered: {}", action, cause.getMessage());
                });
    }
}
