package io.interactionprocessor.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static final long SECOND = 1_000_000;

    private final Complaints said = new Complaints();

    @Test
    void twentyMalformedMessagesAreBorneAndOneMoreIsNot() {
        for (int i = 0; i < 20; i++) {
            said.heard(error(i % 2 == 0 ? "malformedMessage" : "unknownMessageType"), i);
        }
        assertThat(said.tooMany()).isFalse();

        said.heard(error("malformedMessage"), 20);
        assertThat(said.tooMany()).isTrue();
        assertThat(said.malformed()).isEqualTo(21);
    }

    @Test
    void thoseOfALongerTimeDoNotAddUp() {
        for (int i = 0; i < 60; i++) {
            said.heard(error("malformedMessage"), i * SECOND / 2);
        }
        assertThat(said.tooMany()).isFalse();
    }

    @Test
    void whatIsWellFormedIsNotMalformed() {
        for (int i = 0; i < 60; i++) {
            said.heard(error("invalidRequest"), i);
            said.heard("{\"messageType\":\"coreResponse\",\"requestId\":\"r1\",\"result\":\"success\"}", i);
        }
        assertThat(said.tooMany()).isFalse();
        assertThat(said.malformed()).isZero();
        assertThat(said.answers()).isEqualTo(120);
    }

    @Test
    void aFaultOfTheServiceIsCountedWhereverItStands() {
        said.heard(error("internalError"), 1);
        said.heard("{\"messageType\":\"coreResponse\",\"failure\":{\"code\":\"internalError\"}}", 2);
        said.heard("{\"messageType\":\"serviceResponse\",\"response\":{\"failure\":{\"code\":\"internalError\"}}}", 3);
        said.heard("no JSON", 4);

        assertThat(said.internalErrors()).isEqualTo(4);
    }

    private static String error(String code) {
        return "{\"messageType\":\"coreError\",\"error\":{\"code\":\"" + code + "\"}}";
    }
}
