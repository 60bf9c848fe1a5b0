package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Role;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.protocol.Verb;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of protocol 7.3 as code: which commands an object allows now, and why not the others. Pure; knows neither
 * requests nor events. What the switch cannot do is in neither list.
 */
final class ActionRules {
    /** A command whose switch needs an operation that it does not have is {@code notSupported}. */
    private static final Map<Verb, Operation> NEEDS = new EnumMap<>(Verb.class);

    static {
        NEEDS.put(Verb.CHANNEL_GROUP_ACTIVATEALL, Operation.LOG_ON);
        NEEDS.put(Verb.CHANNEL_GROUP_DEACTIVATEALL, Operation.LOG_OFF);
        NEEDS.put(Verb.CHANNEL_GROUP_READY, Operation.SET_STATE);
        NEEDS.put(Verb.CHANNEL_GROUP_NOTREADY, Operation.SET_STATE);
        NEEDS.put(Verb.CHANNEL_ACTIVATE, Operation.LOG_ON);
        NEEDS.put(Verb.CHANNEL_DEACTIVATE, Operation.LOG_OFF);
        NEEDS.put(Verb.CHANNEL_READY, Operation.SET_STATE);
        NEEDS.put(Verb.CHANNEL_NOTREADY, Operation.SET_STATE);
        NEEDS.put(Verb.CHANNEL_CANCELPENDING, Operation.CANCEL_PENDING);
        NEEDS.put(Verb.CHANNEL_DIAL, Operation.MAKE_CALL);
        NEEDS.put(Verb.INTERACTION_ACCEPT, Operation.ANSWER);
        NEEDS.put(Verb.INTERACTION_REJECT, Operation.REJECT);
        NEEDS.put(Verb.INTERACTION_COMPLETE, Operation.COMPLETE);
        NEEDS.put(Verb.INTERACTION_SETDATA, Operation.SET_DATA);
        NEEDS.put(Verb.INTERACTION_CONSULT, Operation.CONSULT);
        NEEDS.put(Verb.INTERACTION_ALTERNATE, Operation.ALTERNATE);
        NEEDS.put(Verb.INTERACTION_RECONNECT, Operation.RECONNECT);
        NEEDS.put(Verb.INTERACTION_CONSULTTRANSFER, Operation.TRANSFER);
        NEEDS.put(Verb.INTERACTION_CONSULTCONFERENCE, Operation.CONFERENCE);
        NEEDS.put(Verb.CONVERSATION_ANSWER, Operation.ANSWER);
        NEEDS.put(Verb.CONVERSATION_RELEASE, Operation.RELEASE);
        NEEDS.put(Verb.CONVERSATION_HOLD, Operation.HOLD);
        NEEDS.put(Verb.CONVERSATION_RETRIEVE, Operation.RETRIEVE);
        NEEDS.put(Verb.CONVERSATION_MUTE, Operation.MUTE);
        NEEDS.put(Verb.CONVERSATION_UNMUTE, Operation.UNMUTE);
        NEEDS.put(Verb.CONVERSATION_TRANSFER, Operation.SINGLE_STEP_TRANSFER);
        NEEDS.put(Verb.CONVERSATION_CONFERENCE, Operation.SINGLE_STEP_CONFERENCE);
        NEEDS.put(Verb.CONVERSATION_DROPMEMBER, Operation.DROP_MEMBER);
        NEEDS.put(Verb.CONVERSATION_SENDDTMF, Operation.SEND_DTMF);
    }

    private static final Map<ObjectKind, List<Verb>> BY_KIND = new EnumMap<>(ObjectKind.class);

    static {
        for (ObjectKind kind : ObjectKind.values()) {
            BY_KIND.put(
                    kind,
                    List.of(Verb.values()).stream()
                            .filter(v -> v.kind() == kind)
                            .toList());
        }
    }

    /** One command's outcome in a key: the number of a failure code, or one of the two above all of them. */
    private static final int OUTCOME_BITS = 6;

    private static final long ALLOWED = 62;
    private static final long NOT_SUPPORTED = 63;

    private final Set<Operation> operations;
    private final Map<ObjectKind, Map<Long, Actions>> known = new EnumMap<>(ObjectKind.class);

    /** Rules for a switch that can do {@code operations}; for one thread. */
    ActionRules(Set<Operation> operations) {
        this.operations = operations.isEmpty() ? EnumSet.noneOf(Operation.class) : EnumSet.copyOf(operations);
    }

    /** Returns whether the switch can do what a command needs. */
    boolean supports(Verb verb) {
        Operation needed = NEEDS.get(verb);
        return needed == null || operations.contains(needed);
    }

    /** Returns every command this switch supports, as {@code getCapabilities} lists them. */
    List<Verb> supported() {
        return List.of(Verb.values()).stream().filter(this::supports).toList();
    }

    /** The session itself. */
    Actions ofSession(boolean started) {
        return build(ObjectKind.SESSION, verb -> {
            if (verb == Verb.SESSION_START) {
                return started ? FailureCode.ALREADY_STARTED : null;
            }
            return started ? null : FailureCode.NOT_STARTED;
        });
    }

    /**
     * A channel group: its channels one after the other, so what its first refusing channel says. A channel that is ready
     * already does not refuse to become so with the others: else the group's actions would change with each change of a
     * channel, and its client be told each time.
     */
    Actions ofGroup(List<Actions> channels) {
        return build(ObjectKind.CHANNEL_GROUP, verb -> {
            Verb ofChannel = switch (verb) {
                case CHANNEL_GROUP_ACTIVATEALL -> Verb.CHANNEL_ACTIVATE;
                case CHANNEL_GROUP_DEACTIVATEALL -> Verb.CHANNEL_DEACTIVATE;
                case CHANNEL_GROUP_READY -> Verb.CHANNEL_READY;
                default -> Verb.CHANNEL_NOTREADY;
            };
            for (Actions channel : channels) {
                FailureCode why = channel.blocked().get(ofChannel);
                boolean isSo = ofChannel == Verb.CHANNEL_READY && why == FailureCode.INVALID_STATE;
                if (why != null && !isSo) {
                    return why;
                }
            }
            return null;
        });
    }

    /** A channel; {@code open}: an interaction on it is not disposed of. */
    Actions ofChannel(ObjectFields.Channel channel, boolean open) {
        boolean active = channel.state() == ChannelState.ACTIVE;
        return build(ObjectKind.CHANNEL, verb -> switch (verb) {
            case CHANNEL_ACTIVATE -> active ? FailureCode.INVALID_STATE : null;
            case CHANNEL_DEACTIVATE -> inactiveOr(active, open ? FailureCode.INTERACTION_IN_PROGRESS : null);
            case CHANNEL_DIAL -> inactiveOr(active, open ? FailureCode.INTERACTION_IN_PROGRESS : null);
            case CHANNEL_READY -> inactiveOr(active, unless(channel.availability() != Availability.READY));
            case CHANNEL_CANCELPENDING -> inactiveOr(active, unless(channel.pending() != null));
            default -> inactiveOr(active, null);
        });
    }

    /** An interaction with its conversations. */
    Actions ofInteraction(ObjectFields.Interaction interaction, List<ObjectFields.Conversation> conversations) {
        boolean live = interaction.state() != InteractionState.ENDED
                && interaction.state() != InteractionState.COMPLETED
                && !conversations.isEmpty();
        boolean offered = interaction.state() == InteractionState.ALERTING;
        ObjectFields.Conversation primary = withRole(conversations, Role.PRIMARY);
        ObjectFields.Conversation consult = withRole(conversations, Role.CONSULT);
        ConversationState first = primary == null ? ConversationState.DISCONNECTED : primary.state();
        ConversationState second = consult == null ? ConversationState.DISCONNECTED : consult.state();
        boolean both = oneTalksOneIsHeld(first, second);
        boolean semiAttended = first == ConversationState.HELD
                && second == ConversationState.ALERTING
                && operations.contains(Operation.TRANSFER_ALERTING);
        return build(ObjectKind.INTERACTION, verb -> switch (verb) {
            case INTERACTION_ACCEPT, INTERACTION_REJECT -> unless(offered && live);
            case INTERACTION_COMPLETE -> unless(interaction.state() == InteractionState.ENDED);
            case INTERACTION_SETDATA -> unless(live);
            case INTERACTION_CONSULT -> unless(live && consult == null && first == ConversationState.CONNECTED);
            case INTERACTION_RECONNECT -> unless(live && (both || second == ConversationState.FAILED));
            case INTERACTION_CONSULTTRANSFER -> unless(live && (both || semiAttended));
            default -> unless(live && both);
        });
    }

    /** A conversation; {@code incoming}: it alerts at the agent's own station; {@code others}: its interaction's others. */
    Actions ofConversation(
            ObjectFields.Conversation conversation, boolean incoming, List<ObjectFields.Conversation> others) {
        ConversationState state = conversation.state();
        boolean talking = state == ConversationState.CONNECTED;
        boolean ringing = state == ConversationState.ALERTING && incoming;
        boolean another = others.stream().anyMatch(o -> o.state() == ConversationState.CONNECTED);
        return build(ObjectKind.CONVERSATION, verb -> switch (verb) {
            case CONVERSATION_ANSWER -> unless(ringing);
            case CONVERSATION_RELEASE -> unless(!ringing && state != ConversationState.DISCONNECTED);
            case CONVERSATION_RETRIEVE -> unless(state == ConversationState.HELD && !another);
            case CONVERSATION_MUTE -> unless(talking && !conversation.muted());
            case CONVERSATION_UNMUTE -> unless(talking && conversation.muted());
            case CONVERSATION_DROPMEMBER ->
                unless(talking && conversation.members().size() >= 3);
            default -> unless(talking);
        });
    }

    /** An object that is gone. */
    Actions ofGone(ObjectKind kind) {
        return build(kind, verb -> FailureCode.INVALID_STATE);
    }

    private static ObjectFields.Conversation withRole(List<ObjectFields.Conversation> conversations, Role role) {
        for (ObjectFields.Conversation conversation : conversations) {
            if (conversation.role() == role) {
                return conversation;
            }
        }
        return null;
    }

    private static boolean oneTalksOneIsHeld(ConversationState a, ConversationState b) {
        return (a == ConversationState.CONNECTED && b == ConversationState.HELD)
                || (a == ConversationState.HELD && b == ConversationState.CONNECTED);
    }

    private static FailureCode unless(boolean allowed) {
        return allowed ? null : FailureCode.INVALID_STATE;
    }

    private static FailureCode inactiveOr(boolean active, FailureCode otherwise) {
        return active ? otherwise : FailureCode.CHANNEL_INACTIVE;
    }

    /** Says why a command is blocked, or null if it is allowed. */
    private interface Rule {
        FailureCode why(Verb verb);
    }

    /** There are few different outcomes and many sessions: they share them. */
    @SuppressWarnings("EnumOrdinal") // for a key that never leaves this object
    private Actions build(ObjectKind kind, Rule rule) {
        long key = 0;
        for (Verb verb : BY_KIND.get(kind)) {
            FailureCode why = supports(verb) ? rule.why(verb) : null;
            long outcome = !supports(verb) ? NOT_SUPPORTED : why == null ? ALLOWED : why.ordinal();
            key = key << OUTCOME_BITS | outcome;
        }
        return known.computeIfAbsent(kind, any -> new HashMap<>()).computeIfAbsent(key, any -> make(kind, rule));
    }

    private Actions make(ObjectKind kind, Rule rule) {
        Set<Verb> allowed = EnumSet.noneOf(Verb.class);
        Map<Verb, FailureCode> blocked = new EnumMap<>(Verb.class);
        for (Verb verb : BY_KIND.get(kind)) {
            if (!supports(verb)) {
                continue;
            }
            FailureCode why = rule.why(verb);
            if (why == null) {
                allowed.add(verb);
            } else {
                blocked.put(verb, why);
            }
        }
        return new Actions(allowed, blocked);
    }
}
