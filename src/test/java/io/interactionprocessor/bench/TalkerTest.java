package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A refused operation has ended: nothing is told of what has not changed. */
class TalkerTest {
    private static final String REFUSED = "{\"messageType\":\"resourceResponse\",\"requestId\":\"%s\","
            + "\"serviceId\":\"sim\",\"resourceId\":\"R\",\"response\":{\"result\":\"failure\"}}";

    private final List<String> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Talker.Listener listener = new Talker.Listener() {
        @Override
        public void answered(Talker talker, boolean success) {
            told.add(success ? "answered" : "refused");
        }

        @Override
        public void done(Talker talker) {
            told.add("done");
        }

        @Override
        public void event() {
            told.add("event");
        }
    };

    @Test
    void anAgentWhoIsRefusedTriesTheSameAgain() {
        AgentTalker agent = new AgentTalker(MuteSocket.keeping(sent), "1001");
        Future<AgentTalker> begun = agent.begin();
        for (String message : List.of(
                "{'requestId':'s1','result':'success'}",
                "{'requestId':'s2','response':{'result':'success','resource':{'id':'R'}}}",
                "{'requestId':'s3','result':'success'}",
                "{'requestId':'s4','result':'success'}",
                "{'event':{'name':'session.initialized'}}",
                "{'event':{'name':'channel.created','target':'R.g1.c1'}}",
                "{'requestId':'s5','result':'success'}")) {
            agent.received(Buffer.buffer(message.replace('\'', '"')));
        }
        assertThat(begun.succeeded()).isTrue();
        agent.listener(listener);
        agent.send(0);

        agent.received(Buffer.buffer(REFUSED.formatted("1")));

        assertThat(told).containsExactly("refused", "done");
        agent.send(0);
        assertThat(sent.subList(sent.size() - 2, sent.size()))
                .allSatisfy(text -> assertThat(text).contains("\"channel.ready\""));
    }

    @Test
    void whoCannotHoldTriesToHoldAgain() {
        HoldTalker holder = new HoldTalker(MuteSocket.keeping(sent), "1001");
        holder.listener(listener);
        holder.send(0);

        holder.received(Buffer.buffer(REFUSED.formatted("s1")));

        assertThat(told).containsExactly("refused", "done");
        holder.send(0);
        assertThat(sent).hasSize(2).allSatisfy(text -> assertThat(text).contains("\"conversation.hold\""));
    }
}
