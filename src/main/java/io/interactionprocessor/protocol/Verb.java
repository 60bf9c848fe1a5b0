package io.interactionprocessor.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Every command a session resource takes (protocol 7.1), with the kind of object it is for. */
public enum Verb {
    /** {@code session.start} */
    SESSION_START(ObjectKind.SESSION, "start"),
    /** {@code session.logout} */
    SESSION_LOGOUT(ObjectKind.SESSION, "logout"),
    /** {@code session.snapshot} */
    SESSION_SNAPSHOT(ObjectKind.SESSION, "snapshot"),
    /** {@code channelgroup.activateall} */
    CHANNEL_GROUP_ACTIVATEALL(ObjectKind.CHANNEL_GROUP, "activateall"),
    /** {@code channelgroup.deactivateall} */
    CHANNEL_GROUP_DEACTIVATEALL(ObjectKind.CHANNEL_GROUP, "deactivateall"),
    /** {@code channelgroup.ready} */
    CHANNEL_GROUP_READY(ObjectKind.CHANNEL_GROUP, "ready"),
    /** {@code channelgroup.notready} */
    CHANNEL_GROUP_NOTREADY(ObjectKind.CHANNEL_GROUP, "notready"),
    /** {@code channel.activate} */
    CHANNEL_ACTIVATE(ObjectKind.CHANNEL, "activate"),
    /** {@code channel.deactivate} */
    CHANNEL_DEACTIVATE(ObjectKind.CHANNEL, "deactivate"),
    /** {@code channel.ready} */
    CHANNEL_READY(ObjectKind.CHANNEL, "ready"),
    /** {@code channel.notready} */
    CHANNEL_NOTREADY(ObjectKind.CHANNEL, "notready"),
    /** {@code channel.cancelpending} */
    CHANNEL_CANCELPENDING(ObjectKind.CHANNEL, "cancelpending"),
    /** {@code channel.dial} */
    CHANNEL_DIAL(ObjectKind.CHANNEL, "dial"),
    /** {@code interaction.accept} */
    INTERACTION_ACCEPT(ObjectKind.INTERACTION, "accept"),
    /** {@code interaction.reject} */
    INTERACTION_REJECT(ObjectKind.INTERACTION, "reject"),
    /** {@code interaction.complete} */
    INTERACTION_COMPLETE(ObjectKind.INTERACTION, "complete"),
    /** {@code interaction.setdata} */
    INTERACTION_SETDATA(ObjectKind.INTERACTION, "setdata"),
    /** {@code interaction.consult} */
    INTERACTION_CONSULT(ObjectKind.INTERACTION, "consult"),
    /** {@code interaction.alternate} */
    INTERACTION_ALTERNATE(ObjectKind.INTERACTION, "alternate"),
    /** {@code interaction.reconnect} */
    INTERACTION_RECONNECT(ObjectKind.INTERACTION, "reconnect"),
    /** {@code interaction.consulttransfer} */
    INTERACTION_CONSULTTRANSFER(ObjectKind.INTERACTION, "consulttransfer"),
    /** {@code interaction.consultconference} */
    INTERACTION_CONSULTCONFERENCE(ObjectKind.INTERACTION, "consultconference"),
    /** {@code conversation.answer} */
    CONVERSATION_ANSWER(ObjectKind.CONVERSATION, "answer"),
    /** {@code conversation.release} */
    CONVERSATION_RELEASE(ObjectKind.CONVERSATION, "release"),
    /** {@code conversation.hold} */
    CONVERSATION_HOLD(ObjectKind.CONVERSATION, "hold"),
    /** {@code conversation.retrieve} */
    CONVERSATION_RETRIEVE(ObjectKind.CONVERSATION, "retrieve"),
    /** {@code conversation.mute} */
    CONVERSATION_MUTE(ObjectKind.CONVERSATION, "mute"),
    /** {@code conversation.unmute} */
    CONVERSATION_UNMUTE(ObjectKind.CONVERSATION, "unmute"),
    /** {@code conversation.transfer} */
    CONVERSATION_TRANSFER(ObjectKind.CONVERSATION, "transfer"),
    /** {@code conversation.conference} */
    CONVERSATION_CONFERENCE(ObjectKind.CONVERSATION, "conference"),
    /** {@code conversation.dropmember} */
    CONVERSATION_DROPMEMBER(ObjectKind.CONVERSATION, "dropmember"),
    /** {@code conversation.senddtmf} */
    CONVERSATION_SENDDTMF(ObjectKind.CONVERSATION, "senddtmf");

    private static final Map<String, Verb> BY_WIRE = new HashMap<>();

    static {
        for (Verb verb : values()) {
            BY_WIRE.put(verb.wire, verb);
            // protocol 7: <object>.request.<verb> is read as <object>.<verb>
            BY_WIRE.put(verb.kind.wire() + ".request." + verb.word, verb);
        }
    }

    private final ObjectKind kind;
    private final String word;
    private final String wire;

    Verb(ObjectKind kind, String word) {
        this.kind = kind;
        this.word = word;
        this.wire = kind.wire() + '.' + word;
    }

    /** Returns the kind of object this command's target must be. */
    public ObjectKind kind() {
        return kind;
    }

    /** Returns the command as it stands on the wire, for example {@code conversation.hold}. */
    public String wire() {
        return wire;
    }

    /** Finds a command by its name, in either spelling. */
    public static Optional<Verb> of(String command) {
        return Optional.ofNullable(BY_WIRE.get(command));
    }

    @Override
    public String toString() {
        return wire;
    }
}
