package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Member;
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
    private final Map<String, Cause> ended;
    private final boolean resync;
    private final String requestId;
    private final Step step;

    private ViewDiff(
            ObjectTree tree, AgentView view, Map<String, Cause> ended, boolean resync, String requestId, Step step) {
        this.tree = tree;
        this.view = view;
        this.ended = ended;
        this.resync = resync;
        this.requestId = requestId;
        this.step = step;
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
        new ViewDiff(tree, view, ended, resync, requestId, step).run();
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
            if (legs.containsKey(leg.id())) {
                added(leg);
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
        if (old.state() == state && old.endpoint().equals(view.station())) {
            return;
        }
        tree.channel(new ObjectFields.Channel(
                old.id(),
                old.name(),
                old.type(),
                state,
                view.station(),
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
        for (OpenConversation conversation : find(id).conversations()) {
            if (!legs.containsKey(conversation.leg())) {
                last = disconnected(id, conversation);
            }
        }
        // holds first, so that a client never sees two connected conversations
        List<CallLeg> present = new ArrayList<>(2);
        for (OpenConversation conversation : find(id).conversations()) {
            CallLeg leg = legs.remove(conversation.leg());
            present.add(leg.state() == ConversationState.HELD ? 0 : present.size(), leg);
        }
        present.forEach(leg -> updated(id, leg));
        present.stream().filter(leg -> leg.consultOf() == null).findFirst().ifPresent(leg -> attachedData(id, leg));
        for (CallLeg leg : view.legs()) {
            if (legs.containsKey(leg.id()) && leg.consultOf() != null && shows(id, leg.consultOf())) {
                legs.remove(leg.id());
                createConversation(id, leg, Role.CONSULT);
            }
        }
        OpenInteraction now = find(id);
        if (now.conversations().isEmpty() && !ObjectTree.isOver(now)) {
            interactionState(id, InteractionState.ENDED, last);
            Cause cause = ObjectTree.orNormal(last);
            focus(id);
            draft(tree.pathOf(now.fields()), actions -> new Event.Ended(cause));
        } else {
            started(id, last);
            focus(id);
        }
    }

    private Cause disconnected(String id, OpenConversation gone) {
        Cause cause = resync ? Cause.RESYNC : ended.getOrDefault(gone.leg(), Cause.RESYNC);
        OpenInteraction interaction = find(id);
        List<OpenConversation> rest = new ArrayList<>(interaction.conversations());
        rest.remove(gone);
        replace(new OpenInteraction(interaction.fields(), rest));
        String path = tree.pathOf(interaction.fields(), gone.fields());
        stateUpdated(
                path,
                ConversationState.DISCONNECTED.wire(),
                gone.fields().state().wire(),
                cause);
        draft(path, actions -> new Event.Disposed(ObjectKind.CONVERSATION));
        return cause;
    }

    private void updated(String id, CallLeg leg) {
        OpenInteraction interaction = find(id);
        OpenConversation conversation = interaction.conversations().stream()
                .filter(c -> c.leg().equals(leg.id()))
                .findFirst()
                .orElseThrow();
        ObjectFields.Conversation old = conversation.fields();
        Role role = leg.consultOf() == null ? Role.PRIMARY : Role.CONSULT;
        Cause cause = leg.state() == old.state() ? old.cause() : resync ? Cause.RESYNC : leg.cause();
        ObjectFields.Conversation now = new ObjectFields.Conversation(
                old.id(), role, leg.state(), leg.muted(), leg.recording(), leg.members(), old.since(), cause);
        if (now.equals(old)) {
            return;
        }
        List<OpenConversation> all = new ArrayList<>(interaction.conversations());
        all.set(all.indexOf(conversation), new OpenConversation(now, leg.id()));
        replace(new OpenInteraction(interaction.fields(), all));
        String path = tree.pathOf(interaction.fields(), now);
        if (now.state() != old.state()) {
            stateUpdated(path, now.state().wire(), old.state().wire(), cause);
        }
        members(path, old.members(), now.members());
        if (now.muted() != old.muted() || now.recording() != old.recording() || role != old.role()) {
            draft(path, actions -> new Event.AttributesChanged(now.muted(), now.recording(), role));
        }
    }

    private void members(String path, List<Member> before, List<Member> after) {
        Map<String, Member> old = new HashMap<>();
        before.forEach(member -> old.put(member.id(), member));
        for (Member member : before) {
            if (after.stream().noneMatch(m -> m.id().equals(member.id()))) {
                draft(path, actions -> new Event.MemberRemoved(member));
            }
        }
        for (Member member : after) {
            Member was = old.get(member.id());
            if (was == null) {
                draft(path, actions -> new Event.MemberAdded(member));
            } else if (!was.equals(member)) {
                draft(path, actions -> new Event.MemberChanged(member));
            }
        }
    }

    private void attachedData(String id, CallLeg leg) {
        OpenInteraction interaction = find(id);
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
        replace(new OpenInteraction(with(old, old.state(), leg.data(), old.focus()), interaction.conversations()));
        draft(tree.pathOf(old), actions -> new Event.DataChanged(leg.data(), changed));
    }

    private void started(String id, Cause last) {
        OpenInteraction interaction = find(id);
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
        OpenInteraction interaction = find(id);
        String now = focusOf(interaction);
        ObjectFields.Interaction old = interaction.fields();
        if (!Objects.equals(now, old.focus())) {
            replace(new OpenInteraction(with(old, old.state(), old.data(), now), interaction.conversations()));
            draft(tree.pathOf(old), actions -> new Event.FocusChanged(now));
        }
    }

    private static String focusOf(OpenInteraction interaction) {
        String kept = null;
        String any = null;
        for (OpenConversation conversation : interaction.conversations()) {
            ObjectFields.Conversation fields = conversation.fields();
            if (fields.state() != ConversationState.HELD && fields.state() != ConversationState.FAILED) {
                return fields.id();
            }
            any = fields.id();
            if (fields.id().equals(interaction.fields().focus())) {
                kept = any;
            }
        }
        return kept != null ? kept : any;
    }

    private void interactionState(String id, InteractionState state, Cause cause) {
        OpenInteraction interaction = find(id);
        ObjectFields.Interaction old = interaction.fields();
        replace(new OpenInteraction(with(old, state, old.data(), old.focus()), interaction.conversations()));
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

    private void added(CallLeg leg) {
        String id = tree.nextInteraction();
        boolean offered = leg.state() == ConversationState.ALERTING && ObjectTree.ringsHere(leg.members());
        boolean dialing = leg.state() == ConversationState.INITIATED
                || leg.state() == ConversationState.ALERTING
                || leg.state() == ConversationState.FAILED;
        InteractionState state =
                offered ? InteractionState.ALERTING : dialing ? InteractionState.DIALING : InteractionState.STARTED;
        // the conversation's id is known before it is told, so that no focuschanged has to follow
        String conversation = "v" + (tree.conversations() + 1);
        ObjectFields.Interaction fields = new ObjectFields.Interaction(
                id,
                ChannelType.TELEPHONY,
                state,
                leg.direction(),
                leg.queue(),
                leg.from(),
                leg.to(),
                leg.data(),
                conversation,
                leg.since());
        tree.open().add(new OpenInteraction(fields, List.of()));
        draft(tree.pathOf(fields), actions -> new Event.Created(fields, actions));
        if (offered) {
            draft(tree.pathOf(fields), actions -> new Event.Preview(fields, actions));
        }
        createConversation(id, leg, Role.PRIMARY);
        draft(tree.pathOf(fields), actions -> new Event.Initialized(ObjectKind.INTERACTION));
    }

    /** The agent's own party is in {@code created}, the others follow as {@code member.added}. */
    private void createConversation(String id, CallLeg leg, Role role) {
        OpenInteraction interaction = find(id);
        ObjectFields.Conversation fields = new ObjectFields.Conversation(
                tree.nextConversation(),
                role,
                leg.state(),
                leg.muted(),
                leg.recording(),
                leg.members(),
                leg.since(),
                leg.cause());
        List<OpenConversation> all = new ArrayList<>(interaction.conversations());
        all.add(new OpenConversation(fields, leg.id()));
        replace(new OpenInteraction(interaction.fields(), all));
        String path = tree.pathOf(interaction.fields(), fields);
        int own = Math.min(1, leg.members().size());
        ObjectFields.Conversation alone = new ObjectFields.Conversation(
                fields.id(),
                role,
                fields.state(),
                fields.muted(),
                fields.recording(),
                leg.members().subList(0, own),
                fields.since(),
                fields.cause());
        draft(path, actions -> new Event.Created(alone, actions));
        for (Member member : leg.members().subList(own, leg.members().size())) {
            draft(path, actions -> new Event.MemberAdded(member));
        }
        draft(path, actions -> new Event.Initialized(ObjectKind.CONVERSATION));
    }

    // ---- small things

    private OpenInteraction find(String id) {
        return tree.open().get(tree.indexOf(id));
    }

    private boolean shows(String id, String leg) {
        return find(id).conversations().stream().anyMatch(c -> c.leg().equals(leg));
    }

    private void replace(OpenInteraction changed) {
        tree.open().set(tree.indexOf(changed.fields().id()), changed);
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
        draft(path, actions -> new Event.StateUpdated(state, previous, resync ? Cause.RESYNC : cause, actions));
    }

    private void draft(String path, Function<Actions, Event.Body> body) {
        step.tell(new Step.Draft(path, requestId, body));
    }
}
