package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every event of protocol 7.2, by the name of its golden file. */
final class GoldenEvents {
    static final String SESSION = GoldenObjects.RESOURCE;
    static final String GROUP = SESSION + ".g1";
    static final String CHANNEL = GROUP + ".c1";
    static final String INTERACTION = CHANNEL + ".i7";
    static final String CONVERSATION = INTERACTION + ".v12";

    private GoldenEvents() {}

    static Map<String, Event> all() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("session.initialized", new Event(SESSION, 7, "r3", new Event.SessionInitialized()));
        events.put(
                "session.snapshot", new Event(SESSION, 41, null, new Event.SessionSnapshot(GoldenObjects.snapshot())));
        events.put("session.ended", new Event(SESSION, 42, "r9", new Event.SessionEnded(SessionEndReason.LOGOUT)));
        events.put(
                "channelgroup.created",
                new Event(GROUP, 1, "r3", new Event.Created(GoldenObjects.group(), GoldenObjects.groupActions())));
        events.put(
                "channelgroup.initialized", new Event(GROUP, 4, "r3", new Event.Initialized(ObjectKind.CHANNEL_GROUP)));
        events.put("channelgroup.disposed", new Event(GROUP, 40, "r9", new Event.Disposed(ObjectKind.CHANNEL_GROUP)));
        events.put("channel.created", new Event(CHANNEL, 2, "r3", createdChannel()));
        events.put("channel.initialized", new Event(CHANNEL, 3, "r3", new Event.Initialized(ObjectKind.CHANNEL)));
        events.put("channel.infochanged", new Event(CHANNEL, 8, "r4", ready()));
        events.put("channel.infochanged-pending", new Event(CHANNEL, 20, "r5", pending()));
        events.put("channel.disposed", new Event(CHANNEL, 39, "r9", new Event.Disposed(ObjectKind.CHANNEL)));
        events.put("interaction.created", new Event(INTERACTION, 10, null, createdInteraction()));
        events.put("interaction.preview", new Event(INTERACTION, 11, null, preview()));
        events.put(
                "interaction.initialized",
                new Event(INTERACTION, 15, null, new Event.Initialized(ObjectKind.INTERACTION)));
        events.put(
                "interaction.datachanged",
                new Event(
                        INTERACTION,
                        22,
                        "r6",
                        new Event.DataChanged(GoldenObjects.attachedData(), List.of("vip", "note"))));
        events.put("interaction.focuschanged", new Event(INTERACTION, 23, null, new Event.FocusChanged("v13")));
        events.put("interaction.focuschanged-none", new Event(INTERACTION, 24, null, new Event.FocusChanged(null)));
        events.put("interaction.ended", new Event(INTERACTION, 35, null, new Event.Ended(Cause.NORMAL)));
        events.put(
                "interaction.disposed", new Event(INTERACTION, 37, "r8", new Event.Disposed(ObjectKind.INTERACTION)));
        events.put("conversation.created", new Event(CONVERSATION, 12, null, createdConversation()));
        events.put(
                "conversation.initialized",
                new Event(CONVERSATION, 14, null, new Event.Initialized(ObjectKind.CONVERSATION)));
        events.put(
                "conversation.member.added",
                new Event(
                        CONVERSATION,
                        13,
                        null,
                        new Event.MemberAdded(GoldenObjects.customer(ConversationState.CONNECTED))));
        events.put(
                "conversation.member.changed",
                new Event(
                        CONVERSATION,
                        18,
                        "r5",
                        new Event.MemberChanged(GoldenObjects.agent(ConversationState.CONNECTED))));
        events.put(
                "conversation.member.removed",
                new Event(
                        CONVERSATION,
                        32,
                        null,
                        new Event.MemberRemoved(GoldenObjects.customer(ConversationState.DISCONNECTED))));
        events.put(
                "conversation.attributeschanged",
                new Event(CONVERSATION, 21, "r5", new Event.AttributesChanged(true, false, Role.PRIMARY)));
        events.put(
                "conversation.disposed",
                new Event(CONVERSATION, 34, null, new Event.Disposed(ObjectKind.CONVERSATION)));
        events.put("state.updated-channel", new Event(CHANNEL, 6, "r3", channelActive()));
        events.put("state.updated-interaction", new Event(INTERACTION, 17, "r5", started()));
        events.put("state.updated-conversation", new Event(CONVERSATION, 16, "r5", connected()));
        events.put(
                "actions.updated",
                new Event(
                        CONVERSATION, 25, null, new Event.ActionsUpdated(GoldenObjects.busyWithAnOperationActions())));
        return events;
    }

    private static Event.Body createdChannel() {
        return new Event.Created(
                GoldenObjects.channel(Availability.NOT_READY, "Break"), GoldenObjects.channelActions());
    }

    private static Event.Body ready() {
        return new Event.InfoChanged(
                Availability.READY, null, GoldenObjects.NOON, null, null, GoldenObjects.channelActions());
    }

    private static Event.Body pending() {
        return new Event.InfoChanged(
                Availability.BUSY,
                null,
                GoldenObjects.NOON,
                Availability.NOT_READY,
                "Break",
                GoldenObjects.pendingActions());
    }

    private static Event.Body createdInteraction() {
        return new Event.Created(
                GoldenObjects.interaction(InteractionState.ALERTING, "v12"), GoldenObjects.offeredActions());
    }

    private static Event.Body preview() {
        return new Event.Preview(
                GoldenObjects.interaction(InteractionState.ALERTING, "v12"), GoldenObjects.offeredActions());
    }

    private static Event.Body createdConversation() {
        return new Event.Created(
                GoldenObjects.conversation(
                        ConversationState.ALERTING,
                        Cause.NORMAL,
                        List.of(GoldenObjects.agent(ConversationState.ALERTING))),
                GoldenObjects.ringingActions());
    }

    private static Event.Body channelActive() {
        return new Event.StateUpdated("ACTIVE", "INACTIVE", Cause.NORMAL, GoldenObjects.channelActions());
    }

    private static Event.Body started() {
        return new Event.StateUpdated("STARTED", "ALERTING", Cause.NORMAL, GoldenObjects.startedActions());
    }

    private static Event.Body connected() {
        return new Event.StateUpdated("CONNECTED", "ALERTING", Cause.NORMAL, GoldenObjects.connectedActions());
    }
}
