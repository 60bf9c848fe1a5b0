package io.interactionprocessor.protocol;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What may be asked of an object now, and for everything else that the CTI can, why not (protocol 7.2). Immutable. There are
 * few different ones and they are on most events, so each keeps its JSON.
 */
public final class Actions {
    /** Nothing is known to be allowed or blocked. */
    public static final Actions NONE = new Actions(EnumSet.noneOf(Verb.class), new EnumMap<>(Verb.class));

    private static final Verb[] VERBS = Verb.values();

    private final Set<Verb> allowed;
    private final Map<Verb, FailureCode> blocked;
    /** Two threads may write them at once: the same, then. */
    private String allowedJson;

    private String blockedJson;

    /**
     * Creates actions.
     *
     * @param allowed the commands that may be sent
     * @param blocked the commands that would fail, each with the code it would fail with
     */
    public Actions(Set<Verb> allowed, Map<Verb, FailureCode> blocked) {
        this.allowed = Collections.unmodifiableSet(allowed);
        this.blocked = Collections.unmodifiableMap(blocked);
    }

    /** Returns the commands that may be sent. */
    public Set<Verb> allowed() {
        return allowed;
    }

    /** Returns the commands that would fail, each with the code it would fail with. */
    public Map<Verb, FailureCode> blocked() {
        return blocked;
    }

    /** Returns the same while another operation goes on: what would be allowed has to wait for its end. */
    public Actions duringOperation() {
        Map<Verb, FailureCode> all = new EnumMap<>(Verb.class);
        all.putAll(blocked);
        allowed.forEach(verb -> all.put(verb, FailureCode.OPERATION_IN_PROGRESS));
        return new Actions(EnumSet.noneOf(Verb.class), all);
    }

    /** Returns a JSON array, always in the order of {@link Verb}, so that equal actions are equal texts. */
    String allowedJson() {
        if (allowedJson == null) {
            StringJoiner json = new StringJoiner(",", "[", "]");
            for (Verb verb : VERBS) {
                if (allowed.contains(verb)) {
                    json.add('"' + verb.wire() + '"');
                }
            }
            allowedJson = json.toString();
        }
        return allowedJson;
    }

    /** Returns a JSON object, in the same order. */
    String blockedJson() {
        if (blockedJson == null) {
            StringJoiner json = new StringJoiner(",", "{", "}");
            for (Verb verb : VERBS) {
                FailureCode code = blocked.get(verb);
                if (code != null) {
                    json.add('"' + verb.wire() + "\":\"" + code.wire() + '"');
                }
            }
            blockedJson = json.toString();
        }
        return blockedJson;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Actions actions
                        && allowed.equals(actions.allowed)
                        && blocked.equals(actions.blocked));
    }

    @Override
    public int hashCode() {
        return Objects.hash(allowed, blocked);
    }

    @Override
    public String toString() {
        return "Actions" + allowedJson() + blockedJson();
    }
}
