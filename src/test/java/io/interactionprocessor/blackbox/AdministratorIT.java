package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** An administrator ends a session, from any node: sections 1 (4003) and 7.2 ({@code session.ended}). */
@BlackBox
class AdministratorIT {

    private final Cluster cluster;

    AdministratorIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private int end(String agent) {
        return cluster.node(2)
                .management()
                .send("DELETE", "/sessions/demo/" + agent, null)
                .statusCode();
    }

    @Test
    void endsASessionAndClosesItsConnectionWith4003() {
        String agent = Clusters.agent();
        Desktop desktop = Desktop.active(cluster.node(0), agent);

        assertThat(end(agent)).isEqualTo(202);

        assertThat(desktop.wire().awaitClose(RawClient.SOON)).isEqualTo(4003);
        JsonObject last = desktop.wire().received().stream()
                .filter(RawClient::isEvent)
                .reduce((before, after) -> after)
                .orElseThrow()
                .getJsonObject("event");
        assertThat(last.getString("name")).isEqualTo("session.ended");
        assertThat(last.getJsonObject("data").getString("reason")).isEqualTo("administrator");
        assertThat(end(agent)).isEqualTo(404);
        Desktop.active(cluster.node(1), agent).close();
    }

    @Test
    void leavesASessionWithAnOpenInteraction() {
        String agent = Clusters.agent();
        Desktop desktop = Desktop.active(cluster.node(0), agent);
        desktop.talkTo("5550101");

        assertThat(end(agent)).isEqualTo(409);

        desktop.ok("conversation.hold", desktop.primary());
        desktop.check();
        desktop.close();
    }
}
