package io.interactionprocessor.cti.asterisk;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Asterisk has at one moment: the channels of the application, what is written on them, and the bridges. */
final class Snapshot {
    /**
     * A channel.
     *
     * @param json as Asterisk describes it
     * @param record what is written on it, or null
     * @param data the attached data that it brought along
     */
    record Channel(JsonObject json, JsonObject record, Map<String, Object> data) {
        String id() {
            return json.getString("id");
        }

        String state() {
            return json.getString("state", "");
        }

        /** Returns what the dialplan gave to {@code Stasis()}, without the application's name. */
        List<String> arguments() {
            String given = json.getJsonObject("dialplan", new JsonObject()).getString("app_data", "");
            List<String> all = List.of(given.split(",", -1));
            return all.subList(Math.min(1, all.size()), all.size());
        }
    }

    final List<Channel> channels = new ArrayList<>();

    /** Bridges by id, each with its channels. */
    final Map<String, List<String>> bridges = new HashMap<>();

    /** What is kept of agents, by agent. */
    final Map<String, JsonObject> agents = new HashMap<>();

    /** Reads it; agents too only if asked to. */
    static Future<Snapshot> read(AriClient ari, Board board, boolean withAgents) {
        Snapshot snapshot = new Snapshot();
        return ari.get("/channels", Map.of())
                .compose(answer -> snapshot.readChannels(ari, board, (JsonArray) expect(answer)))
                .compose(done -> ari.get("/bridges", Map.of()))
                .compose(answer -> {
                    for (Object bridge : (JsonArray) expect(answer)) {
                        JsonObject json = (JsonObject) bridge;
                        List<String> in = new ArrayList<>();
                        json.getJsonArray("channels").forEach(channel -> in.add((String) channel));
                        snapshot.bridges.put(json.getString("id"), in);
                    }
                    return withAgents
                            ? snapshot.readAgents(ari, board.agents.values(), board.settings.app())
                            : Future.succeededFuture();
                })
                .map(done -> snapshot);
    }

    private static Object expect(AriClient.Answer answer) {
        if (!answer.good()) {
            throw new IllegalStateException("Asterisk says " + answer.status() + " " + answer.error());
        }
        return answer.body();
    }

    static boolean concerns(Board board, JsonObject channel) {
        JsonObject dialplan = channel.getJsonObject("dialplan", new JsonObject());
        return board.ids.ours(channel.getString("id"))
                || ("Stasis".equals(dialplan.getString("app_name"))
                        && dialplan.getString("app_data", "").split(",", -1)[0].equals(board.settings.app()));
    }

    private Future<Void> readChannels(AriClient ari, Board board, JsonArray all) {
        List<Future<?>> reading = new ArrayList<>();
        for (Object one : all) {
            JsonObject json = (JsonObject) one;
            if (concerns(board, json)) {
                reading.add(readChannel(ari, json, board.settings.callData()));
            }
        }
        return reading.isEmpty()
                ? Future.succeededFuture()
                : Future.all(reading).mapEmpty();
    }

    private Future<Void> readChannel(AriClient ari, JsonObject json, List<String> dataNames) {
        String id = json.getString("id");
        return variable(ari, id, Notes.RECORD).compose(text -> {
            if (text == null) {
                return data(ari, json, dataNames).map(data -> {
                    channels.add(new Channel(json, null, data));
                    return null;
                });
            }
            channels.add(new Channel(json, decoded(text), Map.of()));
            return Future.succeededFuture();
        });
    }

    private static JsonObject decoded(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException malformed) {
            return null;
        }
    }

    /** Reads the attached data that a channel brings along. */
    static Future<Map<String, Object>> data(AriClient ari, JsonObject channel, List<String> names) {
        Map<String, Object> data = new LinkedHashMap<>();
        JsonObject shown = channel.getJsonObject("channelvars", new JsonObject());
        List<Future<?>> reading = new ArrayList<>();
        for (String name : names) {
            if (shown.containsKey(name)) {
                put(data, name, shown.getString(name));
            } else {
                reading.add(variable(ari, channel.getString("id"), name).onSuccess(value -> put(data, name, value)));
            }
        }
        return reading.isEmpty()
                ? Future.succeededFuture(data)
                : Future.all(reading).map(done -> data);
    }

    private static void put(Map<String, Object> data, String name, String value) {
        if (value != null && !value.isEmpty()) {
            data.put(name, value);
        }
    }

    private static Future<String> variable(AriClient ari, String channel, String name) {
        return ari.get("/channels/" + AriClient.encode(channel) + "/variable", Map.of("variable", name))
                .map(answer -> value(answer));
    }

    private static String value(AriClient.Answer answer) {
        String value = answer.good() && answer.body() instanceof JsonObject json ? json.getString("value") : null;
        return value == null || value.isEmpty() ? null : value;
    }

    private Future<Void> readAgents(AriClient ari, Collection<Agent> all, String app) {
        List<Future<?>> reading = new ArrayList<>();
        for (Agent agent : all) {
            reading.add(ari.get("/asterisk/variable", Map.of("variable", AgentRecord.variable(app, agent.id)))
                    .onSuccess(answer -> {
                        String text = value(answer);
                        JsonObject record = text == null ? null : decoded(text);
                        if (record != null) {
                            agents.put(agent.id, record);
                        }
                    }));
        }
        return reading.isEmpty()
                ? Future.succeededFuture()
                : Future.all(reading).mapEmpty();
    }
}
