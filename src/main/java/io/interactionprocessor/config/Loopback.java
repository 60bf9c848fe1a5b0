package io.interactionprocessor.config;

import java.util.regex.Pattern;

/** Whether a host is this machine and can be reached from nowhere else. */
final class Loopback {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|0:0:0:0:0:0:0:1");

    private Loopback() {}

    /** Names are not looked up: what a name means may change after the start. */
    static boolean is(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
