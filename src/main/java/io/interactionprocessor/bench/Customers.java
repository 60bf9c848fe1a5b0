package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** The customers of E8, who call the queues of the simulated switch over HTTP. */
final class Customers {
    static final int TALK_MS = 3_000;

    private static final long FIRST = 900_000_000L;

    private final Driver driver;
    private final HttpClient http;
    private final String management;
    private final CallTally tally;
    private long timer;

    Customers(Driver driver, HttpClient http, String management, CallTally tally) {
        this.driver = driver;
        this.http = http;
        this.management = management;
        this.tally = tally;
    }

    void start(double perSecond) {
        timer = driver.vertx()
                .setPeriodic((long) (1000 / perSecond), tick -> driver.context().runOnContext(now -> call()));
    }

    void stop() {
        driver.vertx().cancelTimer(timer);
    }

    /** The next one calls; completes when the request is answered, and never fails. */
    Future<Void> call() {
        long number = tally.countMade();
        String from = Long.toString(FIRST + number);
        String to = number % 2 == 0 ? "8001" : "8002";
        tally.called(from, System.nanoTime());
        JsonObject body = new JsonObject().put("from", from).put("to", to).put("hangupAfterMs", TALK_MS);
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(management + "/simulated-switch/calls")
                        .putHeader("content-type", "application/json"))
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.body()
                        .compose(text -> response.statusCode() == 200
                                ? Future.<Void>succeededFuture()
                                : Future.failedFuture("HTTP " + response.statusCode() + ": " + text)))
                .onFailure(refused -> tally.failed(from))
                .otherwiseEmpty();
    }
}
