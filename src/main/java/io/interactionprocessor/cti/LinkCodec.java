package io.interactionprocessor.cti;

import static io.interactionprocessor.model.csta.DataCodec.readString;
import static io.interactionprocessor.model.csta.DataCodec.writeString;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.CstaCodec;
import io.interactionprocessor.model.csta.LinkEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The messages between nodes about a link, as bytes: one byte for the kind, then the fields in the record's order. */
public final class LinkCodec {
    /** 4 was a reply that is no longer made. */
    private static final int NOT_HOLDER = 5;

    private interface Writer {
        void write(DataOutput out) throws IOException;
    }

    private interface Reader<T> {
        T read(int kind, DataInput in) throws IOException;
    }

    private LinkCodec() {}

    /** Encodes a request. */
    public static byte[] encode(LinkRequest request) {
        if (request instanceof LinkRequest.Attach attach) {
            return bytes(1, out -> {
                writeString(out, attach.agent());
                out.writeLong(attach.epoch().value());
                writeString(out, attach.eventAddress());
            });
        } else if (request instanceof LinkRequest.Execute execute) {
            return bytes(2, out -> CstaCodec.writeAgentCommand(out, execute.command()));
        }
        LinkRequest.OperateSwitch operate = (LinkRequest.OperateSwitch) request;
        return bytes(3, out -> writeString(out, operate.json()));
    }

    /** Decodes what {@link #encode(LinkRequest)} wrote. */
    public static LinkRequest decodeRequest(byte[] bytes) {
        return read(bytes, (kind, in) -> switch (kind) {
            case 1 -> new LinkRequest.Attach(readString(in), new Epoch(in.readLong()), readString(in));
            case 2 -> new LinkRequest.Execute(CstaCodec.readAgentCommand(in));
            case 3 -> new LinkRequest.OperateSwitch(readString(in));
            default -> throw unknown(kind);
        });
    }

    /** Encodes a reply. */
    public static byte[] encode(LinkReply reply) {
        if (reply instanceof LinkReply.Attached attached) {
            return bytes(1, out -> CstaCodec.writeAttachment(out, attached.attachment()));
        } else if (reply instanceof LinkReply.Executed executed) {
            return bytes(2, out -> {
                CstaCodec.writeReply(out, executed.reply());
                out.writeBoolean(executed.effect() != null);
                if (executed.effect() != null) {
                    CstaCodec.writeAgentEvent(out, executed.effect());
                }
            });
        } else if (reply instanceof LinkReply.Side side) {
            return bytes(3, out -> {
                out.writeInt(side.status());
                writeString(out, side.json());
            });
        }
        LinkReply.NotHolder notHolder = (LinkReply.NotHolder) reply;
        return bytes(NOT_HOLDER, out -> out.writeBoolean(notHolder.maybeExecuted()));
    }

    /** Decodes what {@link #encode(LinkReply)} wrote. */
    public static LinkReply decodeReply(byte[] bytes) {
        return read(bytes, (kind, in) -> switch (kind) {
            case 1 -> new LinkReply.Attached(CstaCodec.readAttachment(in));
            case 2 ->
                new LinkReply.Executed(CstaCodec.readReply(in), in.readBoolean() ? CstaCodec.readAgentEvent(in) : null);
            case 3 -> new LinkReply.Side(in.readInt(), readString(in));
            case NOT_HOLDER -> new LinkReply.NotHolder(in.readBoolean());
            default -> throw unknown(kind);
        });
    }

    /** Encodes an event. */
    public static byte[] encode(LinkEvent event) {
        if (event instanceof LinkEvent.AgentChanged changed) {
            return bytes(1, out -> {
                writeString(out, changed.processor());
                CstaCodec.writeAgentEvent(out, changed.event());
                out.writeLong(changed.epoch().value());
            });
        } else if (event instanceof LinkEvent.LinkDown down) {
            return bytes(3, out -> {
                writeString(out, down.processor());
                out.writeLong(down.lease().value());
                writeString(out, down.reason());
            });
        }
        LinkEvent.LinkUp up = (LinkEvent.LinkUp) event;
        return bytes(2, out -> {
            writeString(out, up.processor());
            out.writeLong(up.lease().value());
        });
    }

    /** Decodes what {@link #encode(LinkEvent)} wrote. */
    public static LinkEvent decodeEvent(byte[] bytes) {
        return read(bytes, (kind, in) -> switch (kind) {
            case 1 ->
                new LinkEvent.AgentChanged(readString(in), CstaCodec.readAgentEvent(in), new Epoch(in.readLong()));
            case 2 -> new LinkEvent.LinkUp(readString(in), new Epoch(in.readLong()));
            case 3 -> new LinkEvent.LinkDown(readString(in), new Epoch(in.readLong()), readString(in));
            default -> throw unknown(kind);
        });
    }

    private static byte[] bytes(int kind, Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            writer.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reader<T> reader) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.read(in.readByte(), in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static IOException unknown(int kind) {
        return new IOException("message kind " + kind + " is not known here: a newer release wrote it");
    }
}
