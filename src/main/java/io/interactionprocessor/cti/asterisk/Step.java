package io.interactionprocessor.cti.asterisk;

import java.util.List;
import java.util.Map;

/** One request to Asterisk. */
sealed interface Step {
    /** What it is about: requests about the same thing are sent one after the other. */
    String about();

    /** Makes a channel, without calling its phone yet. */
    record Create(Line line, Line originator, Map<String, String> variables) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Calls the phone of a channel that has been made. */
    record Dial(Line line, Line caller, long timeoutMs) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Answers who calls. */
    record Answer(Line line) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Makes a ringing phone answer. */
    record Talk(Line line) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Ends a channel. */
    record HangUp(Line line, int reason) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Lets the dialplan go on behind {@code Stasis()}. */
    record HandBack(Line line) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Starts or stops what is played to a channel. */
    record Play(Line line, Line.Sound sound, String music, boolean start) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** The others do not hear a channel, or do again. */
    record Mute(Line line, boolean on) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Writes a variable on a channel. */
    record Write(Line line, String variable, String value) implements Step {
        @Override
        public String about() {
            return line.id + " " + variable;
        }
    }

    /** Sends tones to a channel. */
    record Tones(Line line, String digits) implements Step {
        @Override
        public String about() {
            return line.id;
        }
    }

    /** Makes a bridge. */
    record Open(String bridge) implements Step {
        @Override
        public String about() {
            return bridge;
        }
    }

    /** Puts channels into a bridge; they leave the one they are in. */
    record Add(String bridge, List<Line> lines) implements Step {
        @Override
        public String about() {
            return bridge;
        }
    }

    /** Takes a channel out of a bridge. */
    record Take(String bridge, Line line) implements Step {
        @Override
        public String about() {
            return bridge;
        }
    }

    /** Ends a bridge; nobody is in it. */
    record Close(String bridge) implements Step {
        @Override
        public String about() {
            return bridge;
        }
    }
}
