package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Desktop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Three nodes on one Asterisk: the one that holds the link is killed in the middle of a consultation, the agents' desktops
 * being on the others. No call may suffer, and commands work again soon.
 */
abstract class HolderDeath {
    private static final Duration COMMANDS_WORK_AGAIN = Duration.ofSeconds(20);

    private final int version;

    HolderDeath(int version) {
        this.version = version;
    }

    @Test
    void theHolderIsKilledInTheMiddleOfAConsultation() throws Exception {
        try (Pbx pbx = Pbx.start(version, "death")) {
            Phone agent = pbx.with(new Phone(pbx, "1001", 1101, true));
            Phone other = pbx.with(new Phone(pbx, "1002", 1301, true));
            Phone customer = pbx.with(new Phone(pbx, "9001", 1001, false));
            try (Cluster cluster = Cluster.start("asterisk" + version, 3, configuration(pbx))) {
                int holder = holder(cluster, Set.of());
                Desktop first = Desktop.ready(cluster.node((holder + 1) % 3), "1001");
                Desktop second = Desktop.active(cluster.node((holder + 2) % 3), "1002");
                customer.dial("8001");
                first.answer();
                first.ok("interaction.consult", first.interaction(), new JsonObject().put("destination", "1002"));
                second.answer();
                first.until("consult CONNECTED", mirror -> mirror.consultIs("CONNECTED"));
                hears(customer, Pbx.HOLD_MUSIC);

                cluster.node(holder).kill();
                long killed = System.nanoTime();
                JsonObject response;
                do {
                    response = first.request(
                            "interaction.setdata",
                            first.interaction(),
                            new JsonObject().put("set", new JsonObject().put("k", 1)));
                } while (!"success".equals(result(response))
                        && System.nanoTime() - killed < COMMANDS_WORK_AGAIN.toNanos());
                System.getLogger("figures")
                        .log(
                                System.Logger.Level.INFO,
                                "Asterisk {0}: commands work again {1} ms after the holder was killed",
                                version,
                                (System.nanoTime() - killed) / 1_000_000);
                assertThat(result(response)).as("%s", response).isEqualTo("success");
                hears(customer, Pbx.HOLD_MUSIC);
                hears(agent, 1301);
                first.ok("interaction.consulttransfer", first.interaction());
                first.untilIdle();
                second.until("on the customer's call", mirror -> mirror.primaryIs("CONNECTED"));
                hears(customer, 1301);
                hears(other, 1001);
                assertThat(new JsonArray(pbx.ari("GET", "/channels").body())).hasSize(2);
                assertThat(holder(cluster, Set.of(holder))).isNotEqualTo(holder);
                customer.hangUp();
                second.untilIdle();
                eventually(() -> assertThat(
                                new JsonArray(pbx.ari("GET", "/channels").body()))
                        .isEmpty());
                first.close();
                second.close();
            }
        }
    }

    private static String result(JsonObject message) {
        JsonObject response = message.getJsonObject("response", message);
        return response.getString("result");
    }

    private static void hears(Phone phone, Integer... tones) {
        eventually(() -> assertThat(Phone.hear(phone).get(phone.number)).isEqualTo(Set.of(tones)));
    }

    private static int holder(Cluster cluster, Set<Integer> dead) {
        for (int i = 0; i < 3; i++) {
            if (!dead.contains(i) && cluster.node(i).log().contains("link sim is up")) {
                return i;
            }
        }
        throw new AssertionError("nobody holds the link: " + cluster.logs());
    }

    /** What an operator would write, for the test's Asterisk. */
    static Path configuration(Pbx pbx) throws Exception {
        String yaml = """
                demo: true
                processors:
                  - id: sim
                    instance-domain: demo
                    agent-ranges:
                      - from: 1001
                        count: 3
                        password: demo
                    cti:
                      type: asterisk
                      ari: {url: "%s", user: cti, password: ctisecret}
                      ami: {host: 127.0.0.1, port: %d, user: cti, password: ctisecret}
                      queues:
                        - {number: "8001", name: sales, music: queue}
                        - {number: "8002", name: support, music: queue, pbx-queue: support}
                      routes:
                        - {number: "555[0-9]{4}", endpoint: "Local/{number}@outside/n"}
                        - {number: "9[0-9]{3}", endpoint: "PJSIP/{number}"}
                """.formatted(pbx.ariUrl(), pbx.amiPort);
        return Files.write(
                Path.of("target", "asterisk", "node" + pbx.version + ".yaml"), List.of(yaml.split("\n", -1)));
    }
}
