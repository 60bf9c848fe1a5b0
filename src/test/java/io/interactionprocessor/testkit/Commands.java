package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 7.1 as a table. */
public final class Commands {

    /** Every command, by the prefix of its target's kind. */
    public static final Map<String, Set<String>> ALL = Map.of(
            "session", Set.of("session.start", "session.logout", "session.snapshot"),
            "channelgroup",
                    Set.of(
                            "channelgroup.activateall",
                            "channelgroup.deactivateall",
                            "channelgroup.ready",
                            "channelgroup.notready"),
            "channel",
                    Set.of(
                            "channel.activate",
                            "channel.deactivate",
                            "channel.ready",
                            "channel.notready",
                            "channel.cancelpending",
                            "channel.dial"),
            "interaction",
                    Set.of(
                            "interaction.accept",
                            "interaction.reject",
                            "interaction.complete",
                            "interaction.setdata",
                            "interaction.consult",
                            "interaction.alternate",
                            "interaction.reconnect",
                            "interaction.consulttransfer",
                            "interaction.consultconference"),
            "conversation",
                    Set.of(
                            "conversation.answer",
                            "conversation.release",
                            "conversation.hold",
                            "conversation.retrieve",
                            "conversation.mute",
                            "conversation.unmute",
                            "conversation.transfer",
                            "conversation.conference",
                            "conversation.dropmember",
                            "conversation.senddtmf"));

    private Commands() {}

    /** All commands. */
    public static List<String> names() {
        return ALL.values().stream().flatMap(Set::stream).sorted().toList();
    }

    /** Valid data for a command. */
    public static JsonObject dataFor(String command) {
        return switch (command) {
            case "channel.dial", "interaction.consult", "conversation.transfer", "conversation.conference" ->
                new JsonObject().put("destination", "5550150");
            case "channel.notready", "channelgroup.notready" -> new JsonObject().put("reason", "break");
            case "conversation.dropmember" -> new JsonObject().put("member", "m1");
            case "conversation.senddtmf" -> new JsonObject().put("digits", "1");
            case "interaction.setdata" ->
                new JsonObject().put("set", new JsonObject().put("k", "v")).put("remove", new JsonArray());
            default -> new JsonObject();
        };
    }
}
