package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pages may connect, and which settings are refused. */
class GateTest {
    private static final Origins CLOSED = new Origins(List.of());

    @Test
    void aClientWithoutOriginIsNoBrowser() {
        assertThat(CLOSED.admit(null, "node:8080", false)).isTrue();
    }

    @Test
    void aPageFromThisHostAndPortMayConnect() {
        assertThat(CLOSED.admit("http://node:8080", "node:8080", false)).isTrue();
        assertThat(CLOSED.admit("http://NODE", "node:80", false)).isTrue();
        assertThat(CLOSED.admit("https://node", "node", true)).isTrue();
        assertThat(CLOSED.admit("http://[::1]:8080", "[::1]:8080", false)).isTrue();
    }

    @Test
    void noOtherPageMay() {
        assertThat(CLOSED.admit("http://evil.example", "node:8080", false)).isFalse();
        assertThat(CLOSED.admit("http://node:8081", "node:8080", false)).isFalse();
        assertThat(CLOSED.admit("https://node:8080", "node:8080", false)).isFalse();
        assertThat(CLOSED.admit("http://node:8080.evil.example", "node:8080", false))
                .isFalse();
        assertThat(CLOSED.admit("null", "node:8080", false)).isFalse();
        assertThat(CLOSED.admit("", "node:8080", false)).isFalse();
        assertThat(CLOSED.admit("http://node:8080", null, false)).isFalse();
        assertThat(CLOSED.admit("not a uri", "node:8080", false)).isFalse();
    }

    @Test
    void listedPagesMayConnectAndTheStarIsAll() {
        Origins listed = new Origins(List.of("https://Desk.example.com"));
        assertThat(listed.admit("https://desk.example.com", "node", false)).isTrue();
        assertThat(listed.admit("https://desk.example.com.evil.example", "node", false))
                .isFalse();
        assertThat(new Origins(List.of("*")).admit("null", "node", false)).isTrue();
    }

    @Test
    void passwordsAreNotEchoedOverAnOpenNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> echoing("0.0.0.0", null))
                .withMessageContaining("TLS");
        assertThat(echoing("127.0.0.1", null).echoCredentials()).isTrue();
        assertThat(echoing("localhost", null).echoCredentials()).isTrue();
        assertThat(echoing("0.0.0.0", new GatewaySettings.Tls("c", "k")).echoCredentials())
                .isTrue();
    }

    @Test
    void aDrainIsFinishedInTimeHoweverManyThereAre() {
        assertThat(GatewaySettings.DrainPace.DEFAULT.batchFor(10, 5_000)).isEqualTo(5);
        assertThat(GatewaySettings.DrainPace.DEFAULT.hurried().batchFor(10, 5_000))
                .isEqualTo(250);
        assertThat(GatewaySettings.DrainPace.DEFAULT.batchFor(50_000, 5_000)).isEqualTo(1_000);
        assertThat(GatewaySettings.DrainPace.DEFAULT.batchFor(600, 1_000))
                .as("late")
                .isEqualTo(60);
        assertThat(GatewaySettings.DrainPace.DEFAULT.batchFor(600, -1))
                .as("too late")
                .isEqualTo(600);
    }

    private static GatewaySettings echoing(String host, GatewaySettings.Tls tls) {
        return new GatewaySettings(
                host,
                0,
                "/ws",
                1,
                1,
                List.of(),
                tls,
                true,
                false,
                GatewaySettings.Limits.DEFAULT,
                GatewaySettings.Timing.DEFAULT,
                GatewaySettings.DrainPace.DEFAULT);
    }
}
