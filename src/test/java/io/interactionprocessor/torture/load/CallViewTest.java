package io.interactionprocessor.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class CallViewTest {
    private final CallView view = new CallView();

    @Test
    void followsConversationsFromTheirBeginningToTheirEnd() {
        apply("conversation.created", "R.g1.c1.i1.v1", "{\"state\":\"ALERTING\"}");
        assertThat(view.in("ALERTING")).contains("R.g1.c1.i1.v1");

        apply("state.updated", "R.g1.c1.i1.v1", "{\"state\":\"CONNECTED\"}");
        assertThat(view.holdable()).contains("R.g1.c1.i1.v1");
        assertThat(view.live()).isOne();

        apply("state.updated", "R.g1.c1.i1.v1", "{\"state\":\"DISCONNECTED\"}");
        assertThat(view.live()).isZero();
        apply("conversation.disposed", "R.g1.c1.i1.v1", "{}");
        assertThat(view.state("R.g1.c1.i1.v1")).isEmpty();
    }

    @Test
    void statesOfOtherObjectsAreNotConversations() {
        apply("state.updated", "R.g1.c1", "{\"state\":\"ACTIVE\"}");

        assertThat(view.live()).isZero();
    }

    @Test
    void aSnapshotReplacesEverything() {
        apply("conversation.created", "R.g1.c1.i1.v1", "{\"state\":\"CONNECTED\"}");
        apply(
                "session.snapshot",
                "R",
                "{\"groups\":[{\"id\":\"g1\",\"channels\":[{\"id\":\"c1\",\"interactions\":[{\"id\":\"i2\","
                        + "\"conversations\":[{\"id\":\"v2\",\"state\":\"HELD\"}]}]}]}]}");

        assertThat(view.in("CONNECTED")).isEmpty();
        assertThat(view.in("HELD")).contains("R.g1.c1.i2.v2");
    }

    private void apply(String name, String target, String data) {
        view.apply(new JsonObject().put("name", name).put("target", target).put("data", new JsonObject(data)));
    }
}
