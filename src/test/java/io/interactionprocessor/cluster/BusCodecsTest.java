package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.csta.CstaCodec;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusCodecsTest {
    private final Vertx vertx = Vertx.vertx();

    sealed interface Family {}

    record Child(String text) implements Family {}

    sealed interface Branch extends Family {}

    record Grandchild(int number) implements Branch {}

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void localMessagesArriveAsTheVerySameObject() {
        BusCodecs.local(vertx.eventBus(), Family.class);
        vertx.eventBus().<Family>localConsumer("here", message -> message.reply(message.body()));

        for (Family sent : new Family[] {new Child("a"), new Grandchild(7)}) {
            assertThat(ThreeNodes.await(vertx.eventBus().<Family>request("here", sent))
                            .body())
                    .isSameAs(sent);
        }
    }

    @Test
    void localMessagesDoNotLeaveTheirNode() {
        LocalCodec<Child> codec = new LocalCodec<>(Child.class);

        assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), new Child("a")))
                .hasMessageContaining("not made to leave its node");
    }

    @Test
    void wireMessagesComeBackFromTheirBytesWhereverTheyStand() {
        WireCodec<Reply, Reply> codec = new WireCodec<>(Reply.class, CstaCodec::writeReply, CstaCodec::readReply);
        Reply reply = Reply.refused(Refusal.INVALID_STATE, "the call is gone");
        Buffer buffer = Buffer.buffer("before");

        codec.encodeToWire(buffer, reply);
        buffer.appendString("after");

        assertThat(codec.decodeFromWire("before".length(), buffer)).isEqualTo(reply);
        assertThat(codec.transform(reply)).isSameAs(reply);
    }
}
