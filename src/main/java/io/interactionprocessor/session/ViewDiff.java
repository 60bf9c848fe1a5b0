package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Role;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Brings an {@link ObjectTree} from what it shows to what the switch says, and drafts the events that tell the client
 * (protocol 7.2). The same code serves initialization, ordinary events and resync.
 */
final class ViewDiff {
    private final ObjectTree tree;
    private final AgentView view;
    private final Drafts drafts;
    private final ConversationDiff conversations;

    private ViewDiff(ObjectTree tree, AgentView view, Map<String, Cause> ended, Drafts drafts) {
        this.tree = tree;
        this.view = view;
        this.drafts = drafts;
        this.conversations = new ConversationDiff(tree, ended, drafts);
    }

    /**
     * Applies a view.
     *
     * @param ended why legs that are no longer in the view have gone
     * @param resync whether the view was asked for, so that what happened in between is not known: every cause is
     *     {@code resync}
     * @param requestId the request that caused the change, or null
     */
    static void apply(
            ObjectTree tree, AgentView view, Map<String, Cause> ended, boolean resync, String requestId, Step step) {
        new ViewDiff(tree, view, ended, new Drafts(step, requestId, resync)).run();
    }

    /** Shows a client for the first time what the switch says of its agent (protocol 6.1). */
    static void showAll(ObjectTree tree, AgentView view, Drafts drafts) {
        tree.plant(view);
        drafts.draft(tree.groupPath(), actions -> new Event.Created(tree.group(), actions));
        ObjectFields.Channel channel = tree.channel();
        drafts.draft(tree.channelPath(), actions -> new Event.Created(channel, actions));
        new ViewDiff(tree, view, Map.of(), drafts).run();
        drafts.draft(tree.channelPath(), actions -> new Event.Initialized(ObjectKind.CHANNEL));
        drafts.draft(tree.groupPath(), actions -> new Event.Initialized(ObjectKind.CHANNEL_GROUP));
    }

    private void run() {
        ObjectFields.Channel before = tree.channel();
        boolean becomesBusy = before.availability() != Availability.BUSY && view.availability() == Availability.BUSY;
        if (view.loggedOn()) {
            channelState(ChannelState.ACTIVE);
        }
        if (becomesBusy) {
            channelInfo();
        }
        Map<String, CallLeg> legs = new HashMap<>();
        view.legs().forEach(leg -> legs.put(leg.id(), leg));
        for (OpenInteraction interaction : List.copyOf(tree.open())) {
            existing(interaction.fields().id(), legs);
        }
        for (CallLeg leg : view.legs()) {
            if (legs.containsKey(leg.id()) && !legs.containsKey(leg.consultOf())) {
                added(leg, legs);
            }
        }
        completeEnded();
        channelInfo();
        if (!view.loggedOn()) {
            channelState(ChannelState.INACTIVE);
        }
    }

    // ---- the channel

    private void channelState(ChannelState state) {
        ObjectFields.Channel old = tree.channel();
        if (old.state() == state && old.endpoint().equals(tree.endpoint(view))) {
            return;
        }
        tree.channel(new ObjectFields.Channel(
                old.id(),
                old.name(),
                old.type(),
                state,
                tree.endpoint(view),
                old.availability(),
                old.reason(),
                old.since(),
                old.pending(),
                old.pendingReason()));
        if (old.state() != state) {
            stateUpdated(tree.channelPath(), state.wire(), old.state().wire(), Cause.NORMAL);
        }
    }

    private void channelInfo() {
        ObjectFields.Channel old = tree.channel();
        if (old.availability() == view.availability()
                && Objects.equals(old.reason(), view.reason())
                && old.pending() == view.pending()
                && Objects.equals(old.pendingReason(), view.pendingReason())) {
            return;
        }
        tree.channel(new ObjectFields.Channel(
                old.id(),
                old.name(),
                old.type(),
                old.state(),
                old.endpoint(),
                view.availability(),
                view.reason(),
                view.since(),
                view.pending(),
                view.pendingReason()));
        draft(
                tree.channelPath(),
                actions -> new Event.InfoChanged(
                        view.availability(),
                        view.reason(),
                        view.since(),
                        view.pending(),
                        view.pendingReason(),
                        actions));
    }

    // ---- interactions that are there

    /** Updates one interaction and takes the legs that it shows out of {@code legs}, except for new ones. */
    private void existing(String id, Map<String, CallLeg> legs) {
        Cause last = null;
        for (OpenConversation conversation : tree.find(id).conversations()) {
            if (!legs.containsKey(conversation.leg())) {
                last = conversations.disconnected(id, conversation);
            }
        }
        // holds first, so that a client never sees two connected conversations
        List<CallLeg> present = new ArrayList<>(2);
        for (OpenConversation conversation : tree.find(id).conversations()) {
            CallLeg leg = legs.remove(conversation.leg());
            present.add(leg.state() == ConversationState.HELD ? 0 : present.size(), leg);
        }
        present.forEach(leg -> conversations.updated(id, leg));
        present.stream().filter(leg -> leg.consultOf() == null).findFirst().ifPresent(leg -> attachedData(id, leg));
        for (CallLeg leg : view.legs()) {
            if (legs.containsKey(leg.id()) && leg.consultOf() != null && shows(id, leg.consultOf())) {
                legs.remove(leg.id());
                conversations.create(id, leg, Role.CONSULT);
            }
        }
        OpenInteraction now = tree.find(id);
        if (now.conversations().isEmpty() && !ObjectTree.isOver(now)) {
            focus(id);
            interactionState(id, InteractionState.ENDED, last);
            Cause cause = ObjectTree.orNormal(last);
            draft(tree.pathOf(now.fields()), actions -> new Event.Ended(cause));
        } else {
            started(id);
            focus(id);
        }
    }

    private void attachedData(String id, CallLeg leg) {
        OpenInteraction interaction = tree.find(id);
        ObjectFields.Interaction old = interaction.fields();
        if (old.data().equals(leg.data())) {
            return;
        }
        List<String> changed = new ArrayList<>();
        leg.data().forEach((key, value) -> {
            if (!old.data().containsKey(key) || !Objects.equals(old.data().get(key), value)) {
                changed.add(key);
            }
        });
        old.data().keySet().stream().filter(key -> !leg.data().containsKey(key)).forEach(changed::add);
        tree.replace(new OpenInteraction(with(old, old.state(), leg.data(), old.focus()), interaction.conversations()));
        draft(tree.pathOf(old), actions -> new Event.DataChanged(leg.data(), changed));
    }

    private void started(String id) {
        OpenInteraction interaction = tree.find(id);
        InteractionState state = interaction.fields().state();
        if (state != InteractionState.ALERTING && state != InteractionState.DIALING) {
            return;
        }
        for (OpenConversation conversation : interaction.conversations()) {
            ConversationState now = conversation.fields().state();
            if (now == ConversationState.CONNECTED || now == ConversationState.HELD) {
                interactionState(
                        id, InteractionState.STARTED, conversation.fields().cause());
                return;
            }
        }
    }

    /** The conversation attended to: the one the agent talks or dials in, else the one it was, else any. */
    private void focus(String id) {
        OpenInteraction interaction = tree.find(id);
        String now = focusOf(interaction);
        ObjectFields.Interaction old = interaction.fields();
        if (!Objects.equals(now, old.focus())) {
            tree.replace(new OpenInteraction(with(old, old.state(), old.data(), now), interaction.conversations()));
            draft(tree.pathOf(old), actions -> new Event.FocusChanged(now));
        }
    }

    private static String focusOf(OpenInteraction interaction) {
        String kept = null;
        String any = null;
        for (OpenConversation conversation : interaction.conversations()) {
            ObjectFields.Conversation fields = conversation.fields();
            if (!isAside(fields.state())) {
                return fields.id();
            }
            any = fields.id();
            if (fields.id().equals(interaction.fields().focus())) {
                kept = any;
            }
        }
        return kept != null ? kept : any;
    }

    private static boolean isAside(ConversationState state) {
        return state == ConversationState.HELD || state == ConversationState.FAILED;
    }

    private void interactionState(String id, InteractionState state, Cause cause) {
        OpenInteraction interaction = tree.find(id);
        ObjectFields.Interaction old = interaction.fields();
        tree.replace(new OpenInteraction(with(old, state, old.data(), old.focus()), interaction.conversations()));
        stateUpdated(tree.pathOf(old), state.wire(), old.state().wire(), ObjectTree.orNormal(cause));
    }

    private void completeEnded() {
        if (view.availability() == Availability.AFTER_CALL_WORK) {
            return;
        }
        for (OpenInteraction interaction : List.copyOf(tree.open())) {
            if (ObjectTree.isOver(interaction)) {
                interactionState(interaction.fields().id(), InteractionState.COMPLETED, Cause.NORMAL);
                tree.open().remove(tree.indexOf(interaction.fields().id()));
                draft(tree.pathOf(interaction.fields()), actions -> new Event.Disposed(ObjectKind.INTERACTION));
            }
        }
    }

    // ---- what is new

    /** Creates an interaction for a leg and its consultation, if there is one, and takes both out of {@code legs}. */
    private void added(CallLeg leg, Map<String, CallLeg> legs) {
        CallLeg consult = legs.values().stream()
                .filter(other -> leg.id().equals(other.consultOf()))
                .findFirst()
                .orElse(null);
        String id = tree.nextInteraction();
        boolean offered = leg.state() == ConversationState.ALERTING && ObjectTree.ringsHere(leg.members());
        boolean dialing = leg.state() == ConversationState.INITIATED
                || leg.state() == ConversationState.ALERTING
                || leg.state() == ConversationState.FAILED;
        InteractionState state =
                offered ? InteractionState.ALERTING : dialing ? InteractionState.DIALING : InteractionState.STARTED;
        // the conversations' ids are known before they are told, so that no focuschanged has to follow
        boolean attendsConsult = consult != null && isAside(leg.state()) && !isAside(consult.state());
        String focus = "v" + (tree.conversations() + (attendsConsult ? 2 : 1));
        ObjectFields.Interaction fields = new ObjectFields.Interaction(
                id,
                ChannelType.TELEPHONY,
                state,
                leg.direction(),
                leg.queue(),
                leg.from(),
                leg.to(),
                leg.data(),
                focus,
                leg.since());
        tree.open().add(new OpenInteraction(fields, List.of()));
        draft(tree.pathOf(fields), actions -> new Event.Created(fields, actions));
        if (offered) {
            draft(tree.pathOf(fields), actions -> new Event.Preview(fields, actions));
        }
        conversations.create(id, leg, Role.PRIMARY);
        legs.remove(leg.id());
        if (consult != null) {
            conversations.create(id, consult, Role.CONSULT);
            legs.remove(consult.id());
        }
        draft(tree.pathOf(fields), actions -> new Event.Initialized(ObjectKind.INTERACTION));
    }

    // ---- small things

    private boolean shows(String id, String leg) {
        return tree.find(id).conversations().stream().anyMatch(c -> c.leg().equals(leg));
    }

    private static ObjectFields.Interaction with(
            ObjectFields.Interaction old, InteractionState state, Map<String, Object> data, String focus) {
        return new ObjectFields.Interaction(
                old.id(),
                old.type(),
                state,
                old.direction(),
                old.queue(),
                old.from(),
                old.to(),
                data,
                focus,
                old.since());
    }

    private void stateUpdated(String path, String state, String previous, Cause cause) {
        drafts.stateUpdated(path, state, previous, cause);
    }

    private void draft(String path, Function<Actions, Event.Body> body) {
        drafts.draft(path, body);
    }
}
