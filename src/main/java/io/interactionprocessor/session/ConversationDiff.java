package io.interactionprocessor.session;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.Role;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of {@link ViewDiff} that knows conversations: one for each of the agent's legs. */
final class ConversationDiff {
    private final ObjectTree tree;
    private final Map<String, Cause> ended;
    private final Drafts drafts;

    ConversationDiff(ObjectTree tree, Map<String, Cause> ended, Drafts drafts) {
        this.tree = tree;
        this.ended = ended;
        this.drafts = drafts;
    }

    Cause disconnected(String id, OpenConversation gone) {
        Cause cause = drafts.seen(ended.getOrDefault(gone.leg(), Cause.RESYNC));
        OpenInteraction interaction = tree.find(id);
        List<OpenConversation> rest = new ArrayList<>(interaction.conversations());
        rest.remove(gone);
        tree.replace(new OpenInteraction(interaction.fields(), rest));
        String path = tree.pathOf(interaction.fields(), gone.fields());
        drafts.stateUpdated(
                path,
                ConversationState.DISCONNECTED.wire(),
                gone.fields().state().wire(),
                cause);
        drafts.draft(path, actions -> new Event.Disposed(ObjectKind.CONVERSATION));
        return cause;
    }

    void updated(String id, CallLeg leg) {
        OpenInteraction interaction = tree.find(id);
        OpenConversation conversation = interaction.conversations().stream()
                .filter(c -> c.leg().equals(leg.id()))
                .findFirst()
                .orElseThrow();
        ObjectFields.Conversation old = conversation.fields();
        Role role = leg.consultOf() == null ? Role.PRIMARY : Role.CONSULT;
        Cause cause = leg.state() == old.state() ? old.cause() : drafts.seen(leg.cause());
        ObjectFields.Conversation now = new ObjectFields.Conversation(
                old.id(), role, leg.state(), leg.muted(), leg.recording(), leg.members(), old.since(), cause);
        if (now.equals(old)) {
            return;
        }
        List<OpenConversation> all = new ArrayList<>(interaction.conversations());
        all.set(all.indexOf(conversation), new OpenConversation(now, leg.id()));
        tree.replace(new OpenInteraction(interaction.fields(), all));
        String path = tree.pathOf(interaction.fields(), now);
        if (now.state() != old.state()) {
            drafts.stateUpdated(path, now.state().wire(), old.state().wire(), cause);
        }
        members(path, old.members(), now.members());
        if (now.muted() != old.muted() || now.recording() != old.recording() || role != old.role()) {
            drafts.draft(path, actions -> new Event.AttributesChanged(now.muted(), now.recording(), role));
        }
    }

    private void members(String path, List<Member> before, List<Member> after) {
        Map<String, Member> old = new HashMap<>();
        before.forEach(member -> old.put(member.id(), member));
        for (Member member : before) {
            if (after.stream().noneMatch(m -> m.id().equals(member.id()))) {
                drafts.draft(path, actions -> new Event.MemberRemoved(member));
            }
        }
        for (Member member : after) {
            Member was = old.get(member.id());
            if (was == null) {
                drafts.draft(path, actions -> new Event.MemberAdded(member));
            } else if (!was.equals(member)) {
                drafts.draft(path, actions -> new Event.MemberChanged(member));
            }
        }
    }

    /** The agent's own party is in {@code created}, the others follow as {@code member.added}. */
    void create(String id, CallLeg leg, Role role) {
        OpenInteraction interaction = tree.find(id);
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
        tree.replace(new OpenInteraction(interaction.fields(), all));
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
        drafts.draft(path, actions -> new Event.Created(alone, actions));
        for (Member member : leg.members().subList(own, leg.members().size())) {
            drafts.draft(path, actions -> new Event.MemberAdded(member));
        }
        drafts.draft(path, actions -> new Event.Initialized(ObjectKind.CONVERSATION));
    }
}
