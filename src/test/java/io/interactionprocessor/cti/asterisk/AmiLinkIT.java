package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** AMI's connection, when the other end is there and says nothing. */
@ExtendWith(VertxExtension.class)
class AmiLinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private int connections;

    @Test
    void aLoginThatIsNotAnsweredIsTriedAnew(Vertx vertx) throws Exception {
        NetServer server = vertx.createNetServer()
                .connectHandler(this::connected)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        AmiLink ami = new AmiLink(
                vertx,
                new AsteriskSettings.Ami("127.0.0.1", server.actualPort(), "cti", Secret.of("ctisecret")),
                new AmiLink.Listener() {
                    @Override
                    public void ready() {
                        heard.add("ready");
                    }

                    @Override
                    public void event(Map<String, String> event) {
                        heard.add("event");
                    }
                });
        vertx.runOnContext(v -> ami.open());

        eventually(PATIENCE, () -> assertThat(heard).containsExactly("1 Login", "1 closed", "2 Login", "ready"));
        // It stays longer than a login may take.
        eventually(PATIENCE, () -> assertThat(heard).endsWith("ready", "2 Ping", "2 Ping"));
        vertx.runOnContext(v -> ami.close());
        eventually(() -> assertThat(heard).endsWith("2 closed"));
    }

    /** The first who comes gets no answer, as from a process that is stopped. */
    private void connected(NetSocket socket) {
        int connection = ++connections;
        socket.closeHandler(gone -> heard.add(connection + " closed"));
        AmiParser parser = new AmiParser(action -> {
            heard.add(connection + " " + action.get("Action"));
            if (connection > 1) {
                socket.write("Response: Success\r\nActionID: " + action.get("ActionID") + "\r\n\r\n");
            }
        });
        socket.handler(bytes -> parser.take(bytes.getBytes()));
    }
}
