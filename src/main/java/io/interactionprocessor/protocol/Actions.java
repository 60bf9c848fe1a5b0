package io.interactionprocessor.protocol;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What may be asked of an object now, and for everything else that the CTI can, why not (protocol 7.2).
 *
 * @param allowed the commands that may be sent
 * @param blocked the commands that would fail, each with the code it would fail with
 */
public record Actions(Set<Verb> allowed, Map<Verb, FailureCode> blocked) {
    /** Nothing is known to be allowed or blocked. */
    public static final Actions NONE = new Actions(EnumSet.noneOf(Verb.class), new EnumMap<>(Verb.class));

    public Actions {
        allowed = Collections.unmodifiableSet(allowed);
        blocked = Collections.unmodifiableMap(blocked);
    }

    /** Returns the same while another operation goes on: what would be allowed has to wait for its end. */
    public Actions duringOperation() {
        Map<Verb, FailureCode> all = new EnumMap<>(Verb.class);
        all.putAll(blocked);
        allowed.forEach(verb -> all.put(verb, FailureCode.OPERATION_IN_PROGRESS));
        return new Actions(EnumSet.noneOf(Verb.class), all);
    }
}
