package io.interactionprocessor.cti.asterisk;

import java.util.ArrayList;
import java.util.List;

/** A channel of Asterisk: what it is, as far as known, and what was asked of it last. */
final class Line {
    /** How far it is. */
    enum Phase {
        /** To be created when its time has come. */
        WANTED,
        /** Asked for; not in our application yet. */
        CREATED,
        /** In our application, its phone not called yet. */
        IDLE,
        /** Its phone is called. */
        DIALED,
        /** Its phone rings. */
        RINGING,
        /** Somebody calls, and is not answered. */
        INCOMING,
        UP,
        GONE
    }

    /** What is played to it. */
    enum Sound {
        NONE,
        HOLD_MUSIC,
        QUEUE_MUSIC,
        SILENCE,
        RINGING,
        BUSY,
        /** Not known, after a take-over. */
        UNKNOWN
    }

    final String id;
    final String endpoint;

    /** Who is on it: two, when an agent has a second call. */
    final List<Party> parties = new ArrayList<>(2);

    String name = "";
    Phase phase;
    String bridge;
    Sound sound = Sound.NONE;

    /** Null: not known, after a take-over. */
    Boolean muted = false;

    /** Asterisk has no number for whoever is at this phone: others would see a call of an unknown. */
    boolean nameless;

    /** When its phone was told to answer last, or 0. */
    long toldAt;

    /** When its phone's hold key changed something last, or 0. */
    long holdChangedAt;

    boolean ending;

    /** The dialplan may have it back: nobody here knows the number. */
    boolean handedBack;

    /** Q.850 cause to hang up with. */
    int reason = 16;

    /** Q.850 cause of a hang-up that has been announced, or 0. */
    int announced;

    /** What was last written down on it. */
    String written = "";

    Line(String id, String endpoint, Phase phase) {
        this.id = id;
        this.endpoint = endpoint;
        this.phase = phase;
    }

    boolean up() {
        return phase == Phase.UP;
    }

    boolean ringsOrWill() {
        return phase == Phase.WANTED
                || phase == Phase.CREATED
                || phase == Phase.IDLE
                || phase == Phase.DIALED
                || phase == Phase.RINGING;
    }
}
