package io.interactionprocessor.cti.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.ConnectorDriver;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Command;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The example of docs/connectors.md: it is this source, and it does what the page says. */
class DoorbellConnectorTest {
    @Test
    void theDocumentShowsIt() throws Exception {
        String source =
                Files.readString(Path.of("src/test/java/io/interactionprocessor/cti/example/DoorbellConnector.java"));
        assertThat(source.lines()).hasSizeLessThanOrEqualTo(50);
        assertThat(Files.readString(Path.of("docs/connectors.md"))).contains("```java\n" + source + "```");
    }

    @Test
    void itKnowsWhoIsThere() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            ConnectorDriver driver = new ConnectorDriver(vertx, new DoorbellConnector());
            driver.connect(1);
            driver.accepted("jo", new Command.LogOn(""));
            driver.await("jo", AgentView::loggedOn);
            driver.accepted("jo", new Command.LogOff());
            driver.await("jo", view -> !view.loggedOn());
        } finally {
            vertx.close().await(5, TimeUnit.SECONDS);
        }
    }
}
