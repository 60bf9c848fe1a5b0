package io.interactionprocessor.cluster;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.protocol.PackedText;
import io.interactionprocessor.session.SessionState;
import io.interactionprocessor.session.SessionStateCodec;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is stored of a session, and what is added to it, as bytes. */
final class StoredSessionCodec {
    private StoredSessionCodec() {}

    static void write(DataOutput out, StoredSession stored) throws IOException {
        out.writeLong(stored.epoch().value());
        out.writeLong(stored.step());
        writeState(out, stored.state());
        writeAnswers(out, stored.answers());
        writeEvents(out, stored.events());
    }

    static StoredSession read(DataInput in) throws IOException {
        return new StoredSession(
                new Epoch(in.readLong()), in.readLong(), readState(in), readAnswers(in), readEvents(in));
    }

    static void writeAppend(DataOutput out, StoredSession.Append append) throws IOException {
        out.writeLong(append.epoch().value());
        out.writeLong(append.step());
        writeState(out, append.state());
        writeAnswers(out, append.answers());
        writeEvents(out, append.events());
        out.writeInt(append.keepAnswers());
        out.writeInt(append.keepEvents());
    }

    static StoredSession.Append readAppend(DataInput in) throws IOException {
        return new StoredSession.Append(
                new Epoch(in.readLong()),
                in.readLong(),
                readState(in),
                readAnswers(in),
                readEvents(in),
                in.readInt(),
                in.readInt());
    }

    static void writeState(DataOutput out, SessionState state) throws IOException {
        out.writeBoolean(state != null);
        if (state != null) {
            SessionStateCodec.write(out, state);
        }
    }

    static SessionState readState(DataInput in) throws IOException {
        return in.readBoolean() ? SessionStateCodec.read(in) : null;
    }

    static void writeAnswers(DataOutput out, Collection<StoredAnswer> answers) throws IOException {
        out.writeInt(answers.size());
        for (StoredAnswer answer : answers) {
            DataCodec.writeString(out, answer.requestId());
            out.writeInt(answer.fingerprint());
            writePacked(out, answer.packed());
        }
    }

    static List<StoredAnswer> readAnswers(DataInput in) throws IOException {
        int size = in.readInt();
        List<StoredAnswer> answers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            answers.add(new StoredAnswer(DataCodec.readString(in), in.readInt(), readPacked(in)));
        }
        return answers;
    }

    static void writeEvents(DataOutput out, Collection<StoredEvent> events) throws IOException {
        out.writeInt(events.size());
        for (StoredEvent event : events) {
            out.writeLong(event.sequence());
            writePacked(out, event.packed());
        }
    }

    static List<StoredEvent> readEvents(DataInput in) throws IOException {
        int size = in.readInt();
        List<StoredEvent> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.add(new StoredEvent(in.readLong(), readPacked(in)));
        }
        return events;
    }

    private static void writePacked(DataOutput out, PackedText text) throws IOException {
        out.writeInt(text.bytes().length);
        out.write(text.bytes());
    }

    private static PackedText readPacked(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return PackedText.ofBytes(bytes);
    }
}
