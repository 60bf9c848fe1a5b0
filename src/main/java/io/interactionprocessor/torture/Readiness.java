package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Micros;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** When a node says that it serves. */
final class Readiness {
    private static final long LONGEST = 60_000_000;
    private static final int ONE_LOOK_MS = 500;

    private Readiness() {}

    /** Waits until the node's readiness check says so; returns when, or nothing if it took too long. */
    static Optional<Long> await(Run run, int node) throws InterruptedException {
        String management = run.nodes().management(node);
        HttpClient http = run.vertx().createHttpClient(new HttpClientOptions().setConnectTimeout(ONE_LOOK_MS));
        try {
            for (long end = Micros.now() + LONGEST; Micros.now() < end; run.pause(Duration.ofMillis(50))) {
                if (look(http, management)) {
                    return Optional.of(Micros.now());
                }
            }
            return Optional.empty();
        } finally {
            http.close();
        }
    }

    private static boolean look(HttpClient http, String management) throws InterruptedException {
        Future<Boolean> ready = http.request(
                        new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(management + "/health/ready"))
                .compose(request -> request.send())
                .map(response -> response.statusCode() == 200)
                .timeout(ONE_LOOK_MS, TimeUnit.MILLISECONDS)
                .otherwise(false);
        return ready.await();
    }
}
