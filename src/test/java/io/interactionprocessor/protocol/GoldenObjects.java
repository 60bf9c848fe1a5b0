package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.model.Role;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects that the golden messages tell of: agent 1001 on a call from a queue. */
final class GoldenObjects {
    static final long NOON = Instant.parse("2026-11-22T12:00:00.000Z").toEpochMilli();
    static final String SERVICE = "sim";
    static final String RESOURCE = "R";

    private static final Set<Verb> OPEN_CALL = EnumSet.of(
            Verb.CONVERSATION_RELEASE,
            Verb.CONVERSATION_HOLD,
            Verb.CONVERSATION_MUTE,
            Verb.CONVERSATION_TRANSFER,
            Verb.CONVERSATION_CONFERENCE,
            Verb.CONVERSATION_SENDDTMF);

    private GoldenObjects() {}

    static Member agent(ConversationState state) {
        return new Member("p1", "1001", "Alice", MemberRole.AGENT, state);
    }

    static Member customer(ConversationState state) {
        return new Member("p2", "5550101", "5550101", MemberRole.CUSTOMER, state);
    }

    static ObjectFields.Group group() {
        return new ObjectFields.Group("g1", "Default", List.of("c1"));
    }

    static ObjectFields.Channel channel(Availability availability, String reason) {
        return new ObjectFields.Channel(
                "c1",
                "Telephony",
                ChannelType.TELEPHONY,
                ChannelState.ACTIVE,
                "1001",
                availability,
                reason,
                NOON,
                null,
                null);
    }

    static ObjectFields.Interaction interaction(InteractionState state, String focus) {
        return new ObjectFields.Interaction(
                "i7",
                ChannelType.TELEPHONY,
                state,
                Direction.INBOUND,
                "sales",
                "5550101",
                "8001",
                attachedData(),
                focus,
                NOON + 60_000);
    }

    static Map<String, Object> attachedData() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("customer", "C-4711");
        data.put("vip", true);
        return data;
    }

    static ObjectFields.Conversation conversation(ConversationState state, Cause cause, List<Member> members) {
        return new ObjectFields.Conversation("v12", Role.PRIMARY, state, false, false, members, NOON + 60_000, cause);
    }

    static Actions sessionActions() {
        return actions(
                ObjectKind.SESSION,
                EnumSet.of(Verb.SESSION_SNAPSHOT),
                new EnumMap<>(Map.of(
                        Verb.SESSION_START,
                        FailureCode.ALREADY_STARTED,
                        Verb.SESSION_LOGOUT,
                        FailureCode.INTERACTION_IN_PROGRESS)));
    }

    static Actions groupActions() {
        return actions(
                ObjectKind.CHANNEL_GROUP,
                EnumSet.of(
                        Verb.CHANNEL_GROUP_ACTIVATEALL,
                        Verb.CHANNEL_GROUP_DEACTIVATEALL,
                        Verb.CHANNEL_GROUP_READY,
                        Verb.CHANNEL_GROUP_NOTREADY),
                Map.of());
    }

    static Actions channelActions() {
        return actions(
                ObjectKind.CHANNEL,
                EnumSet.of(Verb.CHANNEL_DEACTIVATE, Verb.CHANNEL_READY, Verb.CHANNEL_NOTREADY, Verb.CHANNEL_DIAL),
                Map.of());
    }

    static Actions busyChannelActions() {
        return actions(
                ObjectKind.CHANNEL,
                EnumSet.of(Verb.CHANNEL_READY, Verb.CHANNEL_NOTREADY),
                Map.of(Verb.CHANNEL_DEACTIVATE, FailureCode.INTERACTION_IN_PROGRESS));
    }

    static Actions pendingActions() {
        return actions(
                ObjectKind.CHANNEL,
                EnumSet.of(Verb.CHANNEL_READY, Verb.CHANNEL_NOTREADY, Verb.CHANNEL_CANCELPENDING),
                Map.of(Verb.CHANNEL_DEACTIVATE, FailureCode.INTERACTION_IN_PROGRESS));
    }

    static Actions offeredActions() {
        return actions(
                ObjectKind.INTERACTION,
                EnumSet.of(Verb.INTERACTION_ACCEPT, Verb.INTERACTION_REJECT, Verb.INTERACTION_SETDATA),
                Map.of());
    }

    static Actions startedActions() {
        return actions(
                ObjectKind.INTERACTION, EnumSet.of(Verb.INTERACTION_SETDATA, Verb.INTERACTION_CONSULT), Map.of());
    }

    static Actions ringingActions() {
        return actions(ObjectKind.CONVERSATION, EnumSet.of(Verb.CONVERSATION_ANSWER), Map.of());
    }

    static Actions connectedActions() {
        return actions(ObjectKind.CONVERSATION, OPEN_CALL, Map.of());
    }

    static Actions busyWithAnOperationActions() {
        Map<Verb, FailureCode> blocked = new EnumMap<>(Verb.class);
        for (Verb verb : OPEN_CALL) {
            blocked.put(verb, FailureCode.OPERATION_IN_PROGRESS);
        }
        return actions(ObjectKind.CONVERSATION, EnumSet.noneOf(Verb.class), blocked);
    }

    /** Whatever is neither allowed nor blocked for a reason of its own is not for this state. */
    private static Actions actions(ObjectKind kind, Set<Verb> allowed, Map<Verb, FailureCode> reasons) {
        Map<Verb, FailureCode> blocked = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.values()) {
            if (verb.kind() == kind && !allowed.contains(verb)) {
                blocked.put(verb, reasons.getOrDefault(verb, FailureCode.INVALID_STATE));
            }
        }
        return new Actions(allowed, blocked);
    }

    static Snapshot snapshot() {
        return new Snapshot(
                RESOURCE,
                "1001",
                "Alice",
                "default",
                "active",
                NOON - 1,
                sessionActions(),
                List.of(new Snapshot.GroupNode(
                        group(),
                        groupActions(),
                        List.of(new Snapshot.ChannelNode(
                                channel(Availability.BUSY, null),
                                busyChannelActions(),
                                List.of(new Snapshot.InteractionNode(
                                        interaction(InteractionState.STARTED, "v12"),
                                        startedActions(),
                                        List.of(new Snapshot.ConversationNode(
                                                conversation(
                                                        ConversationState.CONNECTED,
                                                        Cause.NORMAL,
                                                        List.of(
                                                                agent(ConversationState.CONNECTED),
                                                                customer(ConversationState.CONNECTED))),
                                                connectedActions())))))))),
                41);
    }

    static ServiceObject service(ServiceObject.Status status) {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("vendor", "Interaction Processor");
        info.put("version", "0.1.0");
        info.put("cti-vendor", "Interaction Processor");
        info.put("cti-version", "simulated");
        info.put("instance-domain", "demo");
        return new ServiceObject(
                SERVICE,
                "Simulated switch",
                "interactionProcessor",
                info,
                new ServiceObject.ServiceStatus(
                        status,
                        true,
                        12,
                        List.of(
                                new ServiceObject.NodeStatus("ws://10.0.0.1:8080/ws", true, 12),
                                new ServiceObject.NodeStatus("ws://10.0.0.2:8080/ws", false, 0))));
    }

    static ServiceObject monitor() {
        return new ServiceObject(
                "ServiceMonitor",
                "ServiceMonitor",
                "serviceMonitor",
                Map.of(),
                new ServiceObject.ServiceStatus(
                        ServiceObject.Status.InService,
                        true,
                        3,
                        List.of(new ServiceObject.NodeStatus("ws://10.0.0.1:8080/ws", true, 3))));
    }
}
