package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.protocol.Snapshot;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects under one session (protocol 7): one group with one telephony channel, its interactions, their conversations.
 * It holds them; {@link ViewDiff} changes them.
 */
final class ObjectTree {
    static final String GROUP = "g1";
    static final String CHANNEL = "c1";

    private final String groupPath;
    private final String channelPath;
    private final ActionRules rules;
    private ObjectFields.Channel channel;
    private final List<OpenInteraction> open = new ArrayList<>(1);
    /** Interactions of which the client is to know that an operation goes on. */
    private Set<String> busy = Set.of();

    private String wantedStation = "";
    private int interactions;
    private int conversations;
    /** What may be asked of each object, and of which objects that was said. */
    private Map<String, Actions> judged;

    private ObjectFields.Channel judgedChannel;
    private List<OpenInteraction> judgedOpen = List.of();
    private Set<String> judgedBusy = Set.of();
    /** What the client was last told it may ask of each object, by path. */
    private Map<String, Actions> announced = Map.of();

    ObjectTree(String root, ActionRules rules) {
        this.groupPath = root + '.' + GROUP;
        this.channelPath = groupPath + '.' + CHANNEL;
        this.rules = rules;
    }

    void restore(SessionState state) {
        wantedStation = state.station();
        channel = state.channel();
        open.addAll(state.open());
        interactions = state.interactions();
        conversations = state.conversations();
        busy = state.busy();
        announced = actionsByPath();
    }

    /** Creates group and channel as the switch shows the agent; the tree is empty before. */
    void plant(AgentView view) {
        channel = new ObjectFields.Channel(
                CHANNEL,
                "Telephony",
                ChannelType.TELEPHONY,
                view.loggedOn() ? ChannelState.ACTIVE : ChannelState.INACTIVE,
                endpoint(view),
                view.availability(),
                view.reason(),
                view.since(),
                view.pending(),
                view.pendingReason());
    }

    /** The station in use, or the one that would be: what the client asked for, else the agent's own. */
    String endpoint(AgentView view) {
        return view.loggedOn() || wantedStation.isEmpty() ? view.station() : wantedStation;
    }

    /** What {@code session.start} asked for; empty for the agent's own. */
    void wantStation(String station) {
        wantedStation = station;
    }

    /** Returns whether the agent would be given an interaction, now or after the present one. */
    boolean takesInteractions() {
        return planted()
                && channel().state() == ChannelState.ACTIVE
                && channel().availability() != Availability.NOT_READY
                && channel().pending() != Availability.NOT_READY;
    }

    boolean planted() {
        return channel != null;
    }

    ObjectFields.Group group() {
        return new ObjectFields.Group(GROUP, "Telephony", List.of(CHANNEL));
    }

    ObjectFields.Channel channel() {
        return channel;
    }

    void channel(ObjectFields.Channel changed) {
        channel = changed;
    }

    List<OpenInteraction> open() {
        return open;
    }

    int interactions() {
        return interactions;
    }

    int conversations() {
        return conversations;
    }

    String nextInteraction() {
        return "i" + ++interactions;
    }

    String nextConversation() {
        return "v" + ++conversations;
    }

    /** Returns the place of an interaction in {@link #open()}, or -1. */
    int indexOf(String interaction) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).fields().id().equals(interaction)) {
                return i;
            }
        }
        return -1;
    }

    OpenInteraction find(String interaction) {
        return open.get(indexOf(interaction));
    }

    void replace(OpenInteraction changed) {
        open.set(indexOf(changed.fields().id()), changed);
    }

    Set<String> busy() {
        return busy;
    }

    /** Says on which interactions operations go on. */
    void busy(Set<String> interactions) {
        busy = interactions;
    }

    /** Returns whether a call is up: some conversation is not disposed of. */
    boolean callIsUp() {
        for (OpenInteraction interaction : open) {
            if (!interaction.conversations().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    String groupPath() {
        return groupPath;
    }

    String channelPath() {
        return channelPath;
    }

    String pathOf(ObjectFields.Interaction interaction) {
        return channelPath() + '.' + interaction.id();
    }

    String pathOf(ObjectFields.Interaction interaction, ObjectFields.Conversation conversation) {
        return pathOf(interaction) + '.' + conversation.id();
    }

    /** Returns what may be asked of an object now. */
    Actions actionsAt(String path) {
        return actionsByPath().getOrDefault(path, Actions.NONE);
    }

    /** Returns what {@code all} says of an object; of one that is gone nothing may be asked any more. */
    Actions actionsAt(String path, Map<String, Actions> all) {
        Actions actions = all.get(path);
        if (actions != null) {
            return actions;
        }
        long depth = path.chars().filter(c -> c == '.').count();
        return rules.ofGone(
                switch ((int) depth) {
                    case 0 -> ObjectKind.SESSION;
                    case 1 -> ObjectKind.CHANNEL_GROUP;
                    case 2 -> ObjectKind.CHANNEL;
                    case 3 -> ObjectKind.INTERACTION;
                    default -> ObjectKind.CONVERSATION;
                });
    }

    /** Returns what may be asked of each object of the tree now, by path, parents first; not to be changed. */
    Map<String, Actions> actionsByPath() {
        if (!isAsJudged()) {
            judgedChannel = channel;
            judgedOpen = List.copyOf(open);
            judgedBusy = busy;
            judged = judge();
        }
        return judged;
    }

    /** Most steps change little or nothing. What is in the tree does not change but is replaced. */
    @SuppressWarnings("ReferenceEquality") // another object means at worst that it is judged again
    private boolean isAsJudged() {
        if (judged == null
                || judgedChannel != channel
                || judgedOpen.size() != open.size()
                || !judgedBusy.equals(busy)) {
            return false;
        }
        for (int i = 0; i < open.size(); i++) {
            if (judgedOpen.get(i) != open.get(i)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Actions> judge() {
        Map<String, Actions> all = new LinkedHashMap<>(4);
        if (channel == null) {
            return all;
        }
        Actions ofChannel = rules.ofChannel(channel, !open.isEmpty());
        all.put(groupPath(), rules.ofGroup(List.of(ofChannel)));
        all.put(channelPath(), ofChannel);
        for (OpenInteraction interaction : open) {
            List<ObjectFields.Conversation> fields = fieldsOf(interaction);
            boolean waits = busy.contains(interaction.fields().id());
            Actions ofInteraction = rules.ofInteraction(interaction.fields(), fields);
            all.put(pathOf(interaction.fields()), waits ? ofInteraction.duringOperation() : ofInteraction);
            for (ObjectFields.Conversation conversation : fields) {
                Actions actions = actionsOf(conversation, fields);
                all.put(pathOf(interaction.fields(), conversation), waits ? actions.duringOperation() : actions);
            }
        }
        return all;
    }

    /** Remembers what the client has been told, and returns what it was told before. */
    Map<String, Actions> announce(Map<String, Actions> now) {
        Map<String, Actions> before = announced;
        announced = now;
        return before;
    }

    private Actions actionsOf(ObjectFields.Conversation conversation, List<ObjectFields.Conversation> all) {
        List<ObjectFields.Conversation> others = new ArrayList<>(all);
        others.remove(conversation);
        return rules.ofConversation(conversation, ringsHere(conversation), others);
    }

    /** Whether it is the agent's own station that rings: the agent is the first member. */
    static boolean ringsHere(ObjectFields.Conversation conversation) {
        return conversation.state() == ConversationState.ALERTING && ringsHere(conversation.members());
    }

    static boolean ringsHere(List<Member> members) {
        return !members.isEmpty() && members.get(0).state() == ConversationState.ALERTING;
    }

    static List<ObjectFields.Conversation> fieldsOf(OpenInteraction interaction) {
        return interaction.conversations().stream()
                .map(OpenConversation::fields)
                .toList();
    }

    /** Returns whether an interaction's calls are over. */
    static boolean isOver(OpenInteraction interaction) {
        return interaction.fields().state() == InteractionState.ENDED;
    }

    /** The cause of the last thing that happened to a conversation; {@code normal} if nothing is known. */
    static Cause orNormal(Cause cause) {
        return cause == null ? Cause.NORMAL : cause;
    }

    /** Returns the tree as {@code session.snapshot} shows it: empty before {@code session.start}. */
    List<Snapshot.GroupNode> snapshot() {
        if (channel == null) {
            return List.of();
        }
        Map<String, Actions> actions = actionsByPath();
        List<Snapshot.InteractionNode> interactionNodes = new ArrayList<>(open.size());
        for (OpenInteraction interaction : open) {
            List<Snapshot.ConversationNode> conversationNodes = new ArrayList<>(2);
            for (ObjectFields.Conversation conversation : fieldsOf(interaction)) {
                conversationNodes.add(new Snapshot.ConversationNode(
                        conversation, actions.get(pathOf(interaction.fields(), conversation))));
            }
            interactionNodes.add(new Snapshot.InteractionNode(
                    interaction.fields(), actions.get(pathOf(interaction.fields())), conversationNodes));
        }
        Snapshot.ChannelNode channelNode =
                new Snapshot.ChannelNode(channel, actions.get(channelPath()), interactionNodes);
        return List.of(new Snapshot.GroupNode(group(), actions.get(groupPath()), List.of(channelNode)));
    }
}
