package io.interactionprocessor.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What this protocol's messages consist of, apart from names and numbers. Nodes of different releases tell each other a
 * phrase by its place: the list only grows, at its end.
 */
final class Phrases {
    /** Before the id of the session. */
    static final int RESOURCE = 1;
    /** Before the id of the request. */
    static final int REQUEST = 2;

    private static final List<String> LIST = List.of(
            "{\"messageType\":\"resourceEvent\",\"serviceId\":\"",
            "\",\"resourceId\":\"",
            "\",\"requestId\":\"",
            "\",\"event\":{\"messageType\":\"objectEvent\",\"name\":\"",
            "\",\"event\":{\"messageType\":\"stateEvent\",\"name\":\"state.updated\",\"target\":\"",
            "\",\"target\":\"",
            "\",\"sequence\":",
            ",\"requestId\":\"",
            "\",\"data\":{",
            ",\"data\":{",
            "\",\"cause\":\"",
            "\",\"previous\":\"",
            "\"state\":\"",
            "\",\"actions\":[\"",
            ",\"actions\":[\"",
            "],\"blocked\":{\"",
            "\":\"invalidState\"",
            "\":\"channelInactive\"",
            "\":\"notReadyRequired\"",
            "\":\"invalidState\",\"channel.",
            "\":\"invalidState\",\"conversation.",
            "channel.",
            "\",\"channel.",
            "\",\"interaction.",
            "\",\"conversation.",
            "actions.updated\",\"target\":\"",
            "notready",
            "ready",
            "}}}}",
            "{\"messageType\":\"resourceResponse\",\"requestId\":\"",
            "\",\"serviceId\":\"",
            "\",\"response\":{\"command\":\"",
            "\",\"result\":\"success\"",
            "activate",
            "deactivate",
            "cancelpending",
            "dial",
            "\",\"pending\":",
            ",\"pendingReason\":",
            "\"availability\":\"",
            ",\"availability\":\"",
            "\"reason\":",
            ",\"since\":\"20",
            "null",
            "notReady",
            "INACTIVE",
            "ACTIVE",
            "{\"id\":\"",
            "\"id\":\"",
            "\",\"name\":\"",
            "\",\"type\":\"",
            "\",\"state\":\"",
            "Telephony",
            "\",\"endpoint\":\"",
            "\",\"channels\":[\"",
            "created",
            "initialized",
            "disposed",
            "infochanged",
            "updated",
            "activateall",
            "deactivateall",
            "session.",
            "start",
            "logout",
            "snapshot",
            "accept",
            "reject",
            "complete",
            "setdata",
            "consult",
            "alternate",
            "reconnect",
            "consulttransfer",
            "consultconference",
            "answer",
            "release",
            "hold",
            "retrieve",
            "mute",
            "unmute",
            "transfer",
            "conference",
            "senddtmf",
            "DIALING",
            "STARTED",
            "INITIATED",
            "CONNECTED",
            "ALERTING",
            "HELD",
            "FAILED",
            "COMPLETED",
            "DISCONNECTED",
            "ENDED",
            "dropmember",
            "\"members\":[",
            "\"address\":\"",
            "\",\"role\":\"",
            "\",\"direction\":\"",
            "inbound",
            "outbound",
            "internal",
            "customer",
            "agent",
            "\",\"queue\":",
            "\",\"from\":\"",
            "\",\"to\":\"",
            "\"focus\":",
            "\"muted\":",
            "\"recording\":",
            "false",
            "true",
            "member.added",
            "member.changed",
            "member.removed",
            "datachanged",
            "focuschanged",
            "attributeschanged",
            "preview",
            "\"changed\":[\"",
            "\"normal\"",
            "\":\"notSupported\"",
            "\":\"interactionInProgress\"",
            "\"result\":\"failure\",\"failure\":{\"code\":\"",
            "\",\"message\":\"",
            "\",\"original\":{",
            "\"messageType\":\"resourceRequest\"",
            "\"request\":{\"command\":\"",
            "Agent ",
            ".g1.c1",
            "primary",
            "afterCallWork",
            "busy",
            "channelgroup.",
            "\",\"channelgroup.",
            "interaction.",
            "conversation.",
            "\":\"operationInProgress\"",
            "\":\"invalidState\",\"interaction.",
            "\":\"channelInactive\",\"channel.",
            ",\"data\":{}}}",
            "\",\"data\":{}}}",
            "\"actions\":[\"",
            "\",\"cause\":\"normal\",\"actions\":[",
            "],\"blocked\":{",
            "normal",
            "abandoned",
            "transferred",
            "resync");

    private static final byte[][] TEXTS =
            LIST.stream().map(phrase -> phrase.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);

    /** So many bytes of a phrase tell where to look for it. */
    private static final int KEY = 4;

    private static final int SLOTS = 1 << 12;
    /** The phrases that begin with a key, by its hash, longest first. */
    private static final int[][] BY_KEY = byKey();

    private Phrases() {}

    static int count() {
        return TEXTS.length;
    }

    static byte[] text(int phrase) {
        return TEXTS[phrase];
    }

    /** Returns the longest phrase that a text has at a place, or -1. */
    static int at(byte[] text, int place) {
        if (place + KEY > text.length) {
            return -1;
        }
        int[] candidates = BY_KEY[slot(text, place)];
        if (candidates != null) {
            for (int candidate : candidates) {
                byte[] phrase = TEXTS[candidate];
                int end = place + phrase.length;
                if (end <= text.length && Arrays.equals(text, place, end, phrase, 0, phrase.length)) {
                    return candidate;
                }
            }
        }
        return -1;
    }

    private static int slot(byte[] text, int place) {
        int key = text[place] << 24 ^ text[place + 1] << 16 ^ text[place + 2] << 8 ^ text[place + 3];
        return (key * 0x9E3779B1) >>> 20;
    }

    private static int[][] byKey() {
        List<List<Integer>> slots = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>(0));
        }
        for (int i = 0; i < TEXTS.length; i++) {
            slots.get(slot(TEXTS[i], 0)).add(i);
        }
        int[][] found = new int[SLOTS][];
        for (int i = 0; i < SLOTS; i++) {
            List<Integer> there = slots.get(i);
            if (!there.isEmpty()) {
                there.sort(Comparator.comparingInt(phrase -> -TEXTS[phrase].length));
                found[i] = there.stream().mapToInt(Integer::intValue).toArray();
            }
        }
        return found;
    }
}
