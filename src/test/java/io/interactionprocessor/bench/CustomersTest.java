package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private final Driver driver = new Driver();
    private final CallTally tally = new CallTally();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void whoseCallIsTakenWaits() throws Exception {
        call(serve(200));

        assertThat(tally.countWaiting()).isEqualTo(1);
        assertThat(tally.countFailed()).isZero();
    }

    @Test
    void anAnswerThatThereIsNoCallIsAFailure() throws Exception {
        call(serve(503));

        assertThat(tally.countWaiting()).isZero();
        assertThat(tally.countFailed()).isEqualTo(1);
    }

    @Test
    void noAnswerIsOneToo() throws Exception {
        HttpServer server = serve(200);
        int port = server.actualPort();
        server.close().await(5, TimeUnit.SECONDS);

        call(port);

        assertThat(tally.countWaiting()).isZero();
        assertThat(tally.countFailed()).isEqualTo(1);
    }

    private void call(HttpServer server) throws InterruptedException {
        call(server.actualPort());
    }

    private void call(int port) throws InterruptedException {
        Customers customers =
                new Customers(driver, driver.vertx().createHttpClient(), "http://127.0.0.1:" + port, tally);
        driver.onContext(customers::call);
    }

    private HttpServer serve(int status) throws Exception {
        return driver.vertx()
                .createHttpServer()
                .requestHandler(
                        request -> request.response().setStatusCode(status).end("{}"))
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS);
    }
}
