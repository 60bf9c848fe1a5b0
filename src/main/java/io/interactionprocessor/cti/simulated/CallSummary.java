package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Member;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call as the switch's own side sees it.
 *
 * @param since milliseconds since 1970-01-01 UTC
 */
record CallSummary(String id, String from, String to, long since, Map<String, Object> data, List<Member> parties) {
    CallSummary {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        parties = List.copyOf(parties);
    }

    static CallSummary of(Call call) {
        return new CallSummary(
                call.id(),
                call.from,
                call.to,
                call.since,
                call.data,
                call.parties.stream()
                        .map(party -> Views.member(party, party.state))
                        .toList());
    }
}
