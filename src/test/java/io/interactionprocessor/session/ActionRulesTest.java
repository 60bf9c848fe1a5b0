package io.interactionprocessor.session;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static io.interactionprocessor.model.ConversationState.INITIATED;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.protocol.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an object allows (protocol 7.3). The documentation shows the table as the code has it; this test compares them. */
class ActionRulesTest {
    private static final Path PAGE = Path.of("docs", "architecture.md");
    private static final String BEGIN = "<!-- actions-table -->";
    private static final String END = "<!-- /actions-table -->";

    private final ActionRules rules = new ActionRules(EnumSet.allOf(Operation.class));

    @Test
    void theDocumentedTableIsTheCodes() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String documented = page.substring(begin, page.indexOf(END, begin)).strip();

        assertThat(documented)
                .as("%s between %s and %s; replace it by what was expected here", PAGE, BEGIN, END)
                .isEqualTo(table());
    }

    /** Protocol 7.3, row by row, in its own words. */
    @Test
    void theTableIsTheProtocols() {
        assertThat(conversation(INITIATED)).containsExactly("release");
        assertThat(conversation(ALERTING, true)).containsExactly("answer");
        assertThat(interaction(InteractionState.ALERTING, ALERTING, null)).contains("accept", "reject");
        assertThat(conversation(CONNECTED))
                .containsExactlyInAnyOrder("hold", "release", "mute", "senddtmf", "transfer", "conference");
        assertThat(interaction(CONNECTED, null)).contains("consult").doesNotContain("alternate", "reconnect");
        assertThat(interaction(HELD, CONNECTED))
                .contains("alternate", "reconnect", "consulttransfer", "consultconference")
                .doesNotContain("consult");
        assertThat(interaction(CONNECTED, HELD))
                .contains("alternate", "reconnect", "consulttransfer", "consultconference");
        assertThat(conversation(CONNECTED, 3)).contains("dropmember");
        assertThat(conversation(HELD)).containsExactlyInAnyOrder("retrieve", "release");
        assertThat(heldBeside(CONNECTED)).containsExactly("release");
        assertThat(heldBeside(ALERTING)).contains("retrieve");
        assertThat(heldBeside(FAILED)).contains("retrieve");
        assertThat(conversation(FAILED)).containsExactly("release");
        assertThat(interaction(HELD, FAILED)).contains("reconnect").doesNotContain("consulttransfer");
    }

    @Test
    void semiAttendedTransfer_onlyWhereTheSwitchCan() {
        assertThat(interaction(HELD, ALERTING)).contains("consulttransfer");
        Set<Operation> without = EnumSet.complementOf(EnumSet.of(Operation.TRANSFER_ALERTING));
        Actions actions = new ActionRules(without)
                .ofInteraction(
                        fields(InteractionState.STARTED),
                        List.of(fields(Role.PRIMARY, HELD, 2), fields(Role.CONSULT, ALERTING, 2)));
        assertThat(actions.blocked()).containsKey(Verb.INTERACTION_CONSULTTRANSFER);
    }

    @Test
    void everySupportedCommandIsEitherAllowedOrBlocked() {
        for (ConversationState state : ConversationState.values()) {
            Actions actions = rules.ofConversation(fields(Role.PRIMARY, state, 2), false, List.of());
            Set<Verb> both = EnumSet.copyOf(actions.blocked().keySet());
            both.addAll(actions.allowed());
            assertThat(both)
                    .hasSize(actions.allowed().size() + actions.blocked().size())
                    .hasSize(10);
        }
    }

    @Test
    void whatTheSwitchCannotIsInNeither() {
        ActionRules none = new ActionRules(Set.of());
        Actions actions = none.ofConversation(fields(Role.PRIMARY, CONNECTED, 2), false, List.of());
        assertThat(actions.allowed()).isEmpty();
        assertThat(actions.blocked()).isEmpty();
        assertThat(none.supported()).containsExactly(Verb.SESSION_START, Verb.SESSION_LOGOUT, Verb.SESSION_SNAPSHOT);
    }

    // ---- the table, rendered

    private String table() {
        List<String> rows = new ArrayList<>();
        rows.add("| object, in | allowed |");
        rows.add("| --- | --- |");
        row(rows, "session, before its start", rules.ofSession(false));
        row(rows, "session, started", rules.ofSession(true));
        row(rows, "channel `INACTIVE`", channel(ChannelState.INACTIVE, Availability.NOT_READY, null, false));
        row(rows, "channel `ACTIVE`, not ready", channel(ChannelState.ACTIVE, Availability.NOT_READY, null, false));
        row(rows, "channel `ACTIVE`, ready", channel(ChannelState.ACTIVE, Availability.READY, null, false));
        row(rows, "channel, with an interaction", channel(ChannelState.ACTIVE, Availability.BUSY, null, true));
        row(
                rows,
                "channel, with something pending",
                channel(ChannelState.ACTIVE, Availability.BUSY, Availability.NOT_READY, true));
        row(rows, "conversation `INITIATED`", of(INITIATED, false, 2, List.of()));
        row(rows, "conversation `ALERTING`, incoming", of(ALERTING, true, 2, List.of()));
        row(rows, "conversation `ALERTING`, outgoing", of(ALERTING, false, 2, List.of()));
        row(rows, "conversation `CONNECTED`", of(CONNECTED, false, 2, List.of()));
        row(rows, "conversation `CONNECTED`, 3 or more members", of(CONNECTED, false, 3, List.of()));
        row(rows, "conversation `HELD`, no other connected", of(HELD, false, 2, List.of()));
        row(rows, "conversation `HELD`, another connected", of(HELD, false, 2, List.of(CONNECTED)));
        row(rows, "conversation `FAILED`", of(FAILED, false, 2, List.of()));
        row(rows, "interaction offered", ofInteraction(InteractionState.ALERTING, ALERTING, null));
        row(rows, "interaction, primary `CONNECTED`", ofInteraction(InteractionState.STARTED, CONNECTED, null));
        row(rows, "interaction, primary `HELD`", ofInteraction(InteractionState.STARTED, HELD, null));
        row(
                rows,
                "interaction, primary `HELD`, consult `INITIATED`",
                ofInteraction(InteractionState.STARTED, HELD, INITIATED));
        row(
                rows,
                "interaction, primary `HELD`, consult `ALERTING`",
                ofInteraction(InteractionState.STARTED, HELD, ALERTING));
        row(
                rows,
                "interaction, one `HELD`, the other `CONNECTED`",
                ofInteraction(InteractionState.STARTED, HELD, CONNECTED));
        row(rows, "interaction, consult `FAILED`", ofInteraction(InteractionState.STARTED, HELD, FAILED));
        row(rows, "interaction `ENDED` (after-call work)", ofInteraction(InteractionState.ENDED, null, null));
        return String.join("\n", rows);
    }

    private static void row(List<String> rows, String what, Actions actions) {
        StringJoiner allowed = new StringJoiner(", ");
        names(actions.allowed()).forEach(allowed::add);
        rows.add("| " + what + " | " + allowed + " |");
    }

    private static List<String> names(Collection<Verb> verbs) {
        return verbs.stream()
                .map(verb -> verb.wire().substring(verb.wire().indexOf('.') + 1))
                .collect(Collectors.toList());
    }

    // ---- objects

    private List<String> conversation(ConversationState state) {
        return conversation(state, false);
    }

    private List<String> conversation(ConversationState state, boolean incoming) {
        return names(of(state, incoming, 2, List.of()).allowed());
    }

    private List<String> conversation(ConversationState state, int members) {
        return names(of(state, false, members, List.of()).allowed());
    }

    private List<String> heldBeside(ConversationState other) {
        return names(of(HELD, false, 2, List.of(other)).allowed());
    }

    private List<String> interaction(ConversationState primary, ConversationState consult) {
        return interaction(InteractionState.STARTED, primary, consult);
    }

    private List<String> interaction(InteractionState state, ConversationState primary, ConversationState consult) {
        return names(ofInteraction(state, primary, consult).allowed());
    }

    private Actions of(ConversationState state, boolean incoming, int members, List<ConversationState> others) {
        List<ObjectFields.Conversation> beside =
                others.stream().map(other -> fields(Role.CONSULT, other, 2)).toList();
        return rules.ofConversation(fields(Role.PRIMARY, state, members), incoming, beside);
    }

    private Actions ofInteraction(InteractionState state, ConversationState primary, ConversationState consult) {
        List<ObjectFields.Conversation> conversations = new ArrayList<>();
        if (primary != null) {
            conversations.add(fields(Role.PRIMARY, primary, 2));
        }
        if (consult != null) {
            conversations.add(fields(Role.CONSULT, consult, 2));
        }
        return rules.ofInteraction(fields(state), conversations);
    }

    private Actions channel(ChannelState state, Availability availability, Availability pending, boolean open) {
        return rules.ofChannel(
                new ObjectFields.Channel(
                        "c1", "Telephony", ChannelType.TELEPHONY, state, "", availability, null, 0, pending, null),
                open);
    }

    private static ObjectFields.Interaction fields(InteractionState state) {
        return new ObjectFields.Interaction(
                "i1", ChannelType.TELEPHONY, state, Direction.INBOUND, null, "a", "b", Map.of(), null, 0);
    }

    private static ObjectFields.Conversation fields(Role role, ConversationState state, int members) {
        List<Member> all = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            all.add(new Member("m" + i, "a", "a", MemberRole.OTHER, CONNECTED));
        }
        return new ObjectFields.Conversation(role.wire(), role, state, false, false, all, 0, Cause.NORMAL);
    }
}
