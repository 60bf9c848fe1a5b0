package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Commands;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 6.1: the life of a session. */
@BlackBox
class LifeIT {

    private final Cluster cluster;

    LifeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private static JsonObject failure(JsonObject answer) {
        assertThat(answer.getString("result")).as("%s", answer).isEqualTo("failure");
        return answer.getJsonObject("failure");
    }

    @Test
    void aSecondClientIsRefusedWithAlreadyBound() {
        try (Desktop owner = Desktop.started(cluster.node(0), Clusters.agent())) {
            for (int node = 0; node < 3; node++) {
                try (Desktop second = Desktop.connect(cluster.node(node))) {
                    second.bindService();
                    JsonObject answer =
                            second.core("bindResource", Desktop.bindBody(owner.resource(), new JsonObject()));
                    assertThat(failure(answer).getString("code")).isEqualTo("alreadyBound");
                    JsonObject wrongKey = second.core(
                            "bindResource",
                            Desktop.bindBody(owner.resource(), new JsonObject().put("resumeKey", "guessed")));
                    assertThat(failure(wrongKey).getString("code")).isEqualTo("alreadyBound");
                }
            }
            owner.check();
        }
    }

    @Test
    void beforeSessionStartEveryOtherRequestFailsWithNotStarted() {
        try (Desktop desktop = Desktop.bound(cluster.node(1), Clusters.agent())) {
            String session = desktop.resource();
            for (String command : Commands.names()) {
                if (command.equals("session.start")) {
                    continue;
                }
                int depth = List.of("session", "channelgroup", "channel", "interaction", "conversation")
                        .indexOf(command.substring(0, command.indexOf('.')));
                String target = session + ".g1.c1.i1.v1";
                for (int cut = depth; cut < 4; cut++) {
                    target = target.substring(0, target.lastIndexOf('.'));
                }
                desktop.fails("notStarted", command, target, Commands.dataFor(command));
            }
            assertThat(desktop.events()).isEmpty();
            desktop.start();
            desktop.check();
        }
    }

    @Test
    void aSecondStartFailsWithAlreadyStarted() {
        try (Desktop desktop = Desktop.started(cluster.node(1), Clusters.agent())) {
            desktop.fails("alreadyStarted", "session.start", desktop.resource(), new JsonObject());
            desktop.check();
        }
    }

    @Test
    void initializationCreatesGroupAndChannelAndEndsWithSessionInitialized() {
        try (Desktop desktop = Desktop.started(cluster.node(2), Clusters.agent())) {
            List<String> names = desktop.namesAfter(0);
            assertThat(names)
                    .containsSubsequence("channelgroup.created", "channel.created", "channel.initialized")
                    .contains("channelgroup.initialized")
                    .doesNotHaveDuplicates();
            assertThat(names.get(names.size() - 1)).isEqualTo("session.initialized");
            desktop.core("ping", new JsonObject());
            assertThat(desktop.namesAfter(names.size())).isEmpty();
            JsonObject channel = desktop.event(0, "channel.created").getJsonObject("data");
            assertThat(channel.getString("state")).isEqualTo("INACTIVE");
            desktop.check();
        }
    }

    @Test
    void initializationFindsTheCallsThatAreAlreadyThere() {
        String agent = Clusters.agent();
        Desktop old = Desktop.active(cluster.node(0), agent);
        old.ok(
                "channel.dial",
                old.channel(),
                new JsonObject().put("destination", "5550101").put("data", new JsonObject().put("case", "4711")));
        old.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        old.consult("5550102", "CONNECTED");
        try (Desktop desktop = Desktop.connect(cluster.node(1))) {
            desktop.bindService();
            desktop.prepare(agent, true);
            desktop.bind();
            desktop.start();
            List<String> names = desktop.namesAfter(0);
            assertThat(names.get(names.size() - 1)).isEqualTo("session.initialized");
            assertThat(names)
                    .containsSubsequence(
                            "channelgroup.created",
                            "channel.created",
                            "interaction.created",
                            "conversation.created",
                            "conversation.initialized",
                            "interaction.initialized",
                            "session.initialized");
            Mirror mirror = desktop.mirror();
            assertThat(mirror.channel().state()).isEqualTo("ACTIVE");
            assertThat(mirror.channel().text("availability")).isEqualTo("busy");
            assertThat(mirror.primary().state()).isEqualTo("HELD");
            assertThat(mirror.consult().state()).isEqualTo("CONNECTED");
            assertThat(mirror.interaction().state()).isEqualTo("STARTED");
            assertThat(mirror.interaction().text("direction")).isEqualTo("outbound");
            assertThat(mirror.interaction().fields().getJsonObject("data").getString("case"))
                    .isEqualTo("4711");
            desktop.check();
            desktop.ok("interaction.reconnect", desktop.interaction());
            desktop.until("reconnected", m -> m.consult() == null && m.primaryIs("CONNECTED"));
            desktop.check();
        }
    }

    @Test
    void logoutIsRefusedWhileAnInteractionIsOpen() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            long last = desktop.lastSequence();
            desktop.fails("interactionInProgress", "session.logout", desktop.resource(), new JsonObject());
            desktop.fails(
                    "interactionInProgress",
                    "session.logout",
                    desktop.resource(),
                    new JsonObject().put("reason", "break"));
            assertThat(desktop.namesAfter(last)).isEmpty();
            desktop.check();
        }
    }

    @Test
    void logoutWhenIdleIsPendingUntilTheCallIsOver() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            desktop.ok("session.logout", desktop.resource(), new JsonObject().put("when", "idle"));
            desktop.core("ping", new JsonObject());
            assertThat(desktop.mirror().ended()).isNull();
            assertThat(desktop.mirror().primaryIs("CONNECTED")).isTrue();
            desktop.ok("conversation.release", desktop.primary());
            desktop.until("ended", m -> "logout".equals(m.ended()));
            assertThat(desktop.namesAfter(0))
                    .containsSubsequence("interaction.disposed", "channel.disposed", "session.ended");
            assertThat(desktop.orderComplaints()).isEmpty();
            assertUnknown(desktop);
        }
    }

    @Test
    void logoutTakesTheChannelsDownThenAnswersThenEnds() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            long last = desktop.lastSequence();
            desktop.ok("session.logout", desktop.resource(), new JsonObject().put("reason", "break"));
            desktop.until("ended", m -> "logout".equals(m.ended()));
            desktop.core("ping", new JsonObject());
            assertThat(desktop.namesAfter(last))
                    .containsSubsequence(
                            "channel=INACTIVE", "channel.disposed", "channelgroup.disposed", "session.ended");
            List<JsonObject> messages = desktop.wire().received();
            int response = indexOf(messages, m -> m.encode().contains("\"session.logout\""));
            int disposed = indexOf(messages, m -> m.encode().contains("channelgroup.disposed"));
            int ended = indexOf(messages, m -> m.encode().contains("session.ended"));
            assertThat(disposed).isLessThan(response);
            assertThat(response).isLessThan(ended);
            assertThat(desktop.events().get(desktop.events().size() - 1).getString("name"))
                    .as("the last event")
                    .isEqualTo("session.ended");
            assertThat(desktop.mirror().complaints()).isEmpty();
            assertThat(desktop.mirror().channel()).isNull();
            assertUnknown(desktop);
        }
    }

    private static int indexOf(List<JsonObject> messages, java.util.function.Predicate<JsonObject> fits) {
        for (int i = 0; i < messages.size(); i++) {
            if (fits.test(messages.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static void assertUnknown(Desktop desktop) {
        JsonObject late =
                desktop.wire().ask(desktop.message("late", "session.snapshot", desktop.resource(), new JsonObject()));
        assertThat(late.getString("messageType")).isEqualTo("resourceError");
        assertThat(late.getJsonObject("error").getString("code")).isEqualTo("unknownResource");
    }

    @Test
    void logoutOfASessionThatIsNotReadyOrNeverActivatedWorksToo() {
        try (Desktop desktop = Desktop.started(cluster.node(2), Clusters.agent())) {
            desktop.ok("session.logout", desktop.resource());
            desktop.until("ended", m -> "logout".equals(m.ended()));
            assertThat(desktop.namesAfter(0)).contains("channel.disposed", "channelgroup.disposed");
        }
    }

    @Test
    void theStationMayBeChosenWithExtension() {
        String agent = Clusters.agent();
        String station = Clusters.agent();
        try (Desktop desktop = Desktop.bound(cluster.node(0), agent)) {
            desktop.ok("session.start", desktop.resource(), new JsonObject().put("extension", station));
            desktop.until("initialized", Mirror::initialized);
            desktop.ok("channel.activate", desktop.channel());
            desktop.until("ACTIVE", m -> m.channel().may("channel.dial"));
            assertThat(Mirror.ofSnapshot(desktop.snapshot()).channel().text("endpoint"))
                    .isEqualTo(station);
            try (Desktop caller = Desktop.active(cluster.node(1), Clusters.agent())) {
                caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", station));
                desktop.until("ALERTING", m -> m.primaryIs("ALERTING"));
                desktop.answer();
                caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            }
            desktop.untilIdle();
            desktop.check();
        }
    }
}
