package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is written on channels: for whoever takes the link over, for the dialplan, and for the agent's phone. */
final class Notes {
    /** The variable that holds what the channels themselves cannot tell. */
    static final String RECORD = "IPSTATE";

    /** The call's id and its data, as SIP headers of the call to the agent's phone. */
    private static final String CALL_HEADER = "PJSIP_HEADER(add,X-Call-Id)";

    private static final String DATA_HEADER = "PJSIP_HEADER(add,X-Call-Data)";
    private static final int LONGEST_HEADER = 1_000;

    private final Board board;

    Notes(Board board) {
        this.board = board;
    }

    /** Returns what a channel is born with. */
    Map<String, String> birth(Party party) {
        Map<String, String> variables = new LinkedHashMap<>();
        party.line.written = record(party.line);
        variables.put(RECORD, party.line.written);
        data(party.call, variables);
        if (party.agent != null) {
            variables.put("AGENT", party.agent.id);
            variables.put(CALL_HEADER, party.call.id);
            String json = ascii(new JsonObject(party.call.data).encode());
            if (json.length() <= LONGEST_HEADER) {
                variables.put(DATA_HEADER, json);
            }
            if (Connections.mode(board, party) == AnswerMode.AUTO_ANSWER) {
                variables.put("PJSIP_HEADER(add,Call-Info)", "<sip:pbx>;answer-after=0");
                variables.put("PJSIP_HEADER(add,Alert-Info)", "<http://pbx>;info=alert-autoanswer");
            }
        }
        return variables;
    }

    /** The same JSON in letters that a SIP header may have everywhere. */
    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= ' ' && c < 127) {
                ascii.append(c);
            } else {
                ascii.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return ascii.toString();
    }

    private void data(Call call, Map<String, String> variables) {
        for (String name : board.settings.callData()) {
            Object value = call.data.get(name);
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                variables.put(name, value.toString());
            }
        }
    }

    /** Counts a change of each call that has changed. */
    void count(Set<Call> calls) {
        for (Call call : calls) {
            String now = CallRecord.write(call).encode();
            if (!now.equals(call.written)) {
                call.written = now;
                call.revision++;
            }
        }
    }

    /** Writes down on the lines what is not there yet. */
    void write(Set<Line> lines, List<Step> steps) {
        for (Line line : lines) {
            boolean there = line.phase != Line.Phase.WANTED
                    && line.phase != Line.Phase.CREATED
                    && line.phase != Line.Phase.GONE
                    && !line.ending;
            if (there && !line.parties.isEmpty()) {
                String record = record(line);
                if (!record.equals(line.written)) {
                    line.written = record;
                    steps.add(new Step.Write(line, RECORD, record));
                }
            }
        }
    }

    private static String record(Line line) {
        JsonArray calls = new JsonArray();
        for (Party party : line.parties) {
            calls.add(CallRecord.write(party.call).put("rev", party.call.revision));
        }
        return new JsonObject().put("calls", calls).encode();
    }
}
