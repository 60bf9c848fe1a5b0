package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;

/** The ways to say no. */
final class Refused {
    private Refused() {}

    static Reply state(String message) {
        return Reply.refused(Refusal.INVALID_STATE, message);
    }

    static Reply noSuchLeg(String leg) {
        return state("there is no leg " + leg + " any more");
    }

    static Reply rejected(String message) {
        return Reply.refused(Refusal.CTI_REJECTED, message);
    }

    static Reply number(String number) {
        return Reply.refused(Refusal.INVALID_DESTINATION, "no route of the configuration matches " + number);
    }
}
