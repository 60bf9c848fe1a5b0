package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.cti.ConnectorContract;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The contract, on a real Asterisk with real phones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AsteriskContract extends ConnectorContract {
    private final int version;
    private final String queue;
    private Pbx pbx;
    private Phone customer;

    AsteriskContract(int version, String queue) {
        this.version = version;
        this.queue = queue;
    }

    @AfterAll
    void stop() throws Exception {
        if (pbx != null) {
            pbx.close();
        }
    }

    private void start() throws Exception {
        if (pbx == null) {
            pbx = Pbx.start(version, "contract" + queue + '-');
            pbx.with(new Phone(pbx, "1001", 1101, true));
            pbx.with(new Phone(pbx, "1002", 1301, true));
            customer = pbx.with(new Phone(pbx, "9001", 1001, false));
        }
    }

    /** Ends all calls and forgets all agents. */
    static void clear(Pbx pbx) throws IOException, InterruptedException {
        end(pbx);
        forget(pbx, pbx.settings().agents());
    }

    static void forget(Pbx pbx, List<AsteriskSettings.AgentLine> agents) throws IOException, InterruptedException {
        for (AsteriskSettings.AgentLine agent : agents) {
            pbx.ari("POST", "/asterisk/variable?value=&variable=" + AgentRecord.variable("cti", agent.id()));
        }
    }

    /** Ends all calls. */
    static void end(Pbx pbx) throws IOException, InterruptedException {
        for (Object channel : new JsonArray(pbx.ari("GET", "/channels").body())) {
            pbx.ari("DELETE", "/channels/" + ((JsonObject) channel).getString("id"));
        }
        while (!new JsonArray(pbx.ari("GET", "/channels").body()).isEmpty()) {
            Thread.sleep(20);
        }
    }

    @Override
    protected Rig rig(Vertx vertx) {
        try {
            start();
            clear(pbx);
        } catch (Exception e) {
            throw new IllegalStateException("no Asterisk", e);
        }
        AsteriskConnector connector = new AsteriskConnector(vertx, pbx.settings(), System::currentTimeMillis);
        return new Rig() {
            @Override
            public Connector connector() {
                return connector;
            }

            @Override
            public String agent(int which) {
                return which == 0 ? "1001" : "1002";
            }

            @Override
            public String answering() {
                return "5550101";
            }

            @Override
            public String busy() {
                return "5550201";
            }

            @Override
            public String invalid() {
                return "12345";
            }

            @Override
            public String queue() {
                return queue;
            }

            @Override
            public void customerCalls(String to) {
                customer.dial(to);
            }

            @Override
            public void customerHangsUp() {
                customer.hangUp();
            }
        };
    }
}
