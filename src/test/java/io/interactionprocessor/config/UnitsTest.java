package io.interactionprocessor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "15s,15000", "2m,120000", "1h,3600000", "0s,0", "1 s,1000", "999999999h,3599999996400000"})
    void durations(String text, long millis) {
        assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "", "s", "1.5s", "-1s", "1S", "1sec", "1  s", "15s ", "9999999999s", "1m30s", "١s"})
    void noDurations(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "999ms", "1s", "59s", "61s", "1m", "90s", "1h", "61m"})
    void durationsAreShownAsTheyAreWritten(String text) {
        assertThat(Durations.parse(text).map(Durations::show)).contains(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0B,0",
        "512B,512",
        "64KiB,65536",
        "1MiB,1048576",
        "3 GiB,3221225472",
        "999999999GiB,1073741822926258176"
    })
    void sizes(String text, long bytes) {
        assertThat(Size.parse(text)).contains(new Size(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "64K", "64KB", "64kib", "-1B", "1.5MiB", "", "KiB", "1TiB"})
    void noSizes(String text) {
        assertThat(Size.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0B", "1B", "1023B", "1KiB", "1025B", "64KiB", "1MiB", "3GiB", "2048GiB"})
    void sizesAreShownAsTheyAreWritten(String text) {
        assertThat(Size.parse(text).map(Size::toString)).contains(text);
    }

    @Test
    void hostsAndPorts() {
        assertThat(HostPort.parse("127.0.0.1:5701")).contains(new HostPort("127.0.0.1", 5701));
        assertThat(HostPort.parse("node-2.example.com:1")).contains(new HostPort("node-2.example.com", 1));
        assertThat(HostPort.parse("[::1]:65535")).contains(new HostPort("::1", 65535));
        assertThat(HostPort.parse("[::1]:65535").map(HostPort::toString)).contains("[::1]:65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a:", ":1", "a:0", "a:65536", "a:99999999999", "::1:5701", "a b:1", "a:1 ", "[]:1"})
    void noHostsAndPorts(String text) {
        assertThat(HostPort.parse(text)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
    void loopback(String host) {
        assertThat(Loopback.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "::", "10.0.0.1", "1127.0.0.1", "127.0.0.1.example.com", "localhost.example.com"})
    void beyondLoopback(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }
}
