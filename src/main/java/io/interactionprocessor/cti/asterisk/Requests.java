package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.Line.Sound;
import io.interactionprocessor.model.Cause;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends steps to Asterisk: stage after stage, and what is about one channel or bridge in the order in which it was asked
 * for. Says when Asterisk knows a channel no longer.
 */
final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private static final int GONE = 404;
    private static final int CONFLICT = 409;
    private static final int TRIES = 8;
    private static final long TRY_AGAIN = 15;

    /** Learns what Asterisk answers. */
    interface Listener {
        /** Asterisk does not have a channel, or cannot make it. */
        void absent(Line line, Cause cause);
    }

    private final Vertx vertx;
    private final AriClient ari;
    private final AmiLink ami;
    private final String app;
    private final Listener listener;
    private final Map<String, Future<Void>> tails = new HashMap<>();

    Requests(Vertx vertx, AriClient ari, AmiLink ami, String app, Listener listener) {
        this.vertx = vertx;
        this.ari = ari;
        this.ami = ami;
        this.app = app;
        this.listener = listener;
    }

    /** Sends everything; fails if a request got no answer. */
    Future<Void> send(List<List<Step>> stages) {
        Set<String> about = new HashSet<>();
        for (List<Step> stage : stages) {
            for (Step step : stage) {
                about.add(step.about());
                if (step instanceof Step.Add add) {
                    add.lines().forEach(line -> about.add(line.id));
                } else if (step instanceof Step.Take take) {
                    about.add(take.line().id);
                }
            }
        }
        if (about.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Future<Void>> before = new ArrayList<>();
        about.forEach(key -> {
            Future<Void> tail = tails.get(key);
            if (tail != null) {
                before.add(tail);
            }
        });
        Future<Void> sent = before.isEmpty()
                ? Future.succeededFuture()
                : Future.join(before).<Void>mapEmpty();
        for (List<Step> stage : stages) {
            if (!stage.isEmpty()) {
                sent = sent.compose(done ->
                        Future.all(stage.stream().map(this::send).toList()).mapEmpty());
            }
        }
        // What follows does not fail because this did.
        Future<Void> settled = sent.otherwiseEmpty();
        about.forEach(key -> tails.put(key, settled));
        settled.onComplete(done -> about.forEach(key -> tails.remove(key, settled)));
        return sent;
    }

    private Future<Void> send(Step step) {
        if (step instanceof Step.Create s) {
            return create(s);
        } else if (step instanceof Step.Dial s) {
            return dial(s, TRIES);
        } else if (step instanceof Step.Answer s) {
            return expect(s.line(), ari.post(channel(s.line()) + "/answer", Map.of()));
        } else if (step instanceof Step.Talk s) {
            ami.talk(s.line().name);
            return Future.succeededFuture();
        } else if (step instanceof Step.HangUp s) {
            return ari.delete(channel(s.line()), Map.of("reason_code", Integer.toString(s.reason())))
                    .onSuccess(answer -> {
                        if (answer.status() == GONE) {
                            listener.absent(s.line(), Cause.NORMAL);
                        }
                    })
                    .mapEmpty();
        } else if (step instanceof Step.HandBack s) {
            return expect(s.line(), ari.post(channel(s.line()) + "/continue", Map.of()));
        } else if (step instanceof Step.Play s) {
            return play(s);
        } else if (step instanceof Step.Mute s) {
            String path = channel(s.line()) + "/mute";
            Map<String, String> in = Map.of("direction", "in");
            return expect(s.line(), s.on() ? ari.post(path, in) : ari.delete(path, in));
        } else if (step instanceof Step.Write s) {
            JsonObject body = new JsonObject().put("variable", s.variable()).put("value", s.value());
            return expect(s.line(), ari.post(channel(s.line()) + "/variable", Map.of(), body));
        } else if (step instanceof Step.Tones s) {
            return expect(s.line(), ari.post(channel(s.line()) + "/dtmf", Map.of("dtmf", s.digits())));
        }
        return sendBridge(step);
    }

    private Future<Void> sendBridge(Step step) {
        if (step instanceof Step.Open s) {
            return ari.post("/bridges/" + s.bridge(), Map.of("type", "mixing,dtmf_events"))
                    .mapEmpty();
        } else if (step instanceof Step.Add s) {
            return add(s);
        } else if (step instanceof Step.Take s) {
            return ari.post("/bridges/" + s.bridge() + "/removeChannel", Map.of("channel", s.line().id))
                    .mapEmpty();
        } else if (step instanceof Step.Close s) {
            return ari.delete("/bridges/" + s.bridge(), Map.of()).mapEmpty();
        }
        throw new IllegalArgumentException("unknown step " + step);
    }

    private static String channel(Line line) {
        return "/channels/" + AriClient.encode(line.id);
    }

    private Future<Void> expect(Line line, Future<AriClient.Answer> answer) {
        return answer.onSuccess(got -> {
                    if (got.status() == GONE) {
                        listener.absent(line, Cause.NORMAL);
                    } else if (!got.good()) {
                        LOG.debug("Asterisk refused something about {}: {} {}", line.id, got.status(), got.error());
                    }
                })
                .mapEmpty();
    }

    private Future<Void> create(Step.Create step) {
        Line line = step.line();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("endpoint", line.endpoint);
        query.put("app", app);
        query.put("appArgs", "leg");
        query.put("channelId", line.id);
        if (step.originator() != null) {
            query.put("originator", step.originator().id);
        } else if (line.endpoint.startsWith("Local/")) {
            // Otherwise a Local channel resamples to 192 kHz and costs a twentieth of a core.
            query.put("formats", "ulaw,alaw");
        }
        JsonObject variables = new JsonObject();
        step.variables().forEach(variables::put);
        return ari.post("/channels/create", query, new JsonObject().put("variables", variables))
                .compose(answer -> {
                    if (answer.good()) {
                        return Future.succeededFuture();
                    }
                    if (answer.status() == CONFLICT) {
                        return ari.get(channel(line), Map.of()).onSuccess(seen -> {
                            if (!seen.good()) {
                                listener.absent(line, Cause.UNREACHABLE);
                            }
                        });
                    }
                    LOG.info("no channel to {}: {} {}", line.endpoint, answer.status(), answer.error());
                    listener.absent(line, Cause.UNREACHABLE);
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    /** Exactly once: a second one would end the channel. Only what was surely not done is tried again. */
    private Future<Void> dial(Step.Dial step, int tries) {
        Map<String, String> query = new LinkedHashMap<>();
        if (step.caller() != null) {
            query.put("caller", step.caller().id);
        }
        query.put("timeout", Long.toString(Math.max(1, step.timeoutMs() / 1_000)));
        return ari.post(channel(step.line()) + "/dial", query).compose(answer -> {
            if (answer.status() == CONFLICT && tries > 1 && answer.error().contains("Stasis")) {
                Promise<Void> again = Promise.promise();
                vertx.setTimer(TRY_AGAIN, timer -> dial(step, tries - 1).onComplete(again));
                return again.future();
            }
            if (!answer.good()) {
                listener.absent(step.line(), Cause.UNREACHABLE);
            }
            return Future.succeededFuture();
        });
    }

    private Future<Void> add(Step.Add step) {
        String channels = step.lines().stream().map(line -> line.id).collect(Collectors.joining(","));
        return ari.post("/bridges/" + step.bridge() + "/addChannel", Map.of("channel", channels))
                .compose(answer -> {
                    if (answer.good()) {
                        return Future.succeededFuture();
                    }
                    // One of them is gone; the others belong there still.
                    return Future.all(step.lines().stream()
                                    .map(line -> ari.post(
                                                    "/bridges/" + step.bridge() + "/addChannel",
                                                    Map.of("channel", line.id))
                                            .onSuccess(one -> {
                                                if (!one.good()) {
                                                    listener.absent(line, Cause.NORMAL);
                                                }
                                            }))
                                    .toList())
                            .<Void>mapEmpty();
                });
    }

    private Future<Void> play(Step.Play step) {
        Line line = step.line();
        if (step.sound() == Sound.BUSY) {
            String playback = line.id + "-busy";
            return step.start()
                    ? expect(line, ari.post(channel(line) + "/play/" + playback, Map.of("media", "tone:busy")))
                    : ari.delete("/playbacks/" + playback, Map.of()).mapEmpty();
        }
        String path = channel(line)
                + switch (step.sound()) {
                    case HOLD_MUSIC, QUEUE_MUSIC -> "/moh";
                    case SILENCE -> "/silence";
                    default -> "/ring";
                };
        if (!step.start()) {
            return expect(line, ari.delete(path, Map.of()));
        }
        return expect(line, ari.post(path, step.music() == null ? Map.of() : Map.of("mohClass", step.music())));
    }
}
