package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** One node that hosts several processors and instance-domains: two of three processors share a domain. */
@BlackBox
class TwoProcessorsIT {

    private final Cluster cluster;

    TwoProcessorsIT(
            @Own(value = "three-processors", nodes = 2, config = "src/test/resources/blackbox/three-processors.yaml")
                    Cluster cluster) {
        this.cluster = cluster;
    }

    private static JsonObject prepare(RawClient client, String id, String service, boolean override) {
        client.ask(new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", "b" + id)
                .put("command", "bindService")
                .put("serviceId", service));
        return client.ask(new JsonObject()
                        .put("messageType", "serviceRequest")
                        .put("requestId", id)
                        .put("serviceId", service)
                        .put(
                                "request",
                                new JsonObject()
                                        .put("command", "prepareSession")
                                        .put(
                                                "data",
                                                new JsonObject()
                                                        .put("override", override)
                                                        .put(
                                                                "agent",
                                                                new JsonObject()
                                                                        .put("id", "1001")
                                                                        .put("password", "demo")))))
                .getJsonObject("response");
    }

    @Test
    void anAgentHasOneSessionInADomainWhicheverProcessorItIsOf() {
        try (RawClient first = RawClient.connect(cluster.node(0).url());
                RawClient second = RawClient.connect(cluster.node(1).url())) {
            assertThat(prepare(first, "1", "east", false).getString("result")).isEqualTo("success");
            assertThat(prepare(first, "2", "other", false).getString("result"))
                    .as("another instance-domain")
                    .isEqualTo("success");
            assertThat(prepare(second, "3", "west", false).getString("result"))
                    .as("the same instance-domain, another processor")
                    .isEqualTo("confirm");
            JsonObject granted = prepare(second, "4", "west", true);
            assertThat(granted.getString("result")).isEqualTo("success");

            String session = granted.getJsonObject("resource").getString("id");
            assertThat(bind(second, "east", session))
                    .as("the session is the other processor's")
                    .contains("unknownResource");
            assertThat(bind(second, "west", session)).contains("\"success\"");
        }
    }

    private static String bind(RawClient client, String service, String session) {
        return client.ask(new JsonObject()
                        .put("messageType", "coreRequest")
                        .put("requestId", "bind" + service)
                        .put("command", "bindResource")
                        .put("serviceId", service)
                        .put("resourceId", session))
                .encode();
    }
}
