package io.interactionprocessor.torture.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether calls live as long as their parties want, and whether agents see the calls that the switch has. */
public final class CallFates {
    private CallFates() {}

    /**
     * Finds calls that ended although nobody hung up.
     *
     * @param lasting agents whose calls nobody ends
     */
    public static Verdict dropped(List<SwitchEntry> history, Set<String> lasting, Window window) {
        Map<String, String> calls = new HashMap<>();
        Set<String> talking = new HashSet<>();
        List<Violation> wrong = new ArrayList<>();
        for (SwitchEntry entry : history) {
            String call = entry.text("call");
            String agent = entry.text("agent");
            if (entry.what().equals("connection") && agent != null && lasting.contains(agent)) {
                calls.put(call, agent);
                if ("CONNECTED".equals(entry.text("state"))) {
                    talking.add(call);
                }
            } else if (entry.what().equals("call")
                    && entry.detail().containsKey("ended")
                    && talking.contains(call)
                    && window.has(entry.at())) {
                wrong.add(new Violation(entry.at(), calls.get(call), "call " + call + " ended, and nobody hung up"));
            }
        }
        return new Verdict(talking.size(), "calls", wrong);
    }

    /**
     * Finds calls that the switch has for an agent whose client knows none.
     *
     * @param atSwitch how many calls each agent is on, by the switch
     * @param atClient how many conversations each agent's client has seen begin and not end
     */
    public static Verdict missed(Map<String, Integer> atSwitch, Map<String, Integer> atClient, long at) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (Map.Entry<String, Integer> client : atClient.entrySet()) {
            int there = atSwitch.getOrDefault(client.getKey(), 0);
            checked += there;
            for (int i = client.getValue(); i < there; i++) {
                wrong.add(new Violation(at, client.getKey(), "a call at the switch is not at the client"));
            }
        }
        return new Verdict(checked, "calls", wrong);
    }

    /** Finds calls that an agent's client still has and the switch does not; arguments as for {@link #missed}. */
    public static Verdict ghosts(Map<String, Integer> atSwitch, Map<String, Integer> atClient, long at) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (Map.Entry<String, Integer> client : atClient.entrySet()) {
            checked += client.getValue();
            for (int i = atSwitch.getOrDefault(client.getKey(), 0); i < client.getValue(); i++) {
                wrong.add(new Violation(at, client.getKey(), "a call at the client is not at the switch"));
            }
        }
        return new Verdict(checked, "calls", wrong);
    }
}
