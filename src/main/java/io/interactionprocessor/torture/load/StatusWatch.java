package io.interactionprocessor.torture.load;

import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A client of one node that logs nobody in and only hears how the service is. */
public final class StatusWatch implements ClientListener {
    private static final String SERVICE = "sim";

    private final DesktopClient client;
    private final List<Change> changes = new ArrayList<>();

    /** The service had this status from then on. */
    public record Change(long at, String status) {}

    StatusWatch(Vertx vertx, WebSocketClient sockets, String url) {
        ClientOptions options =
                ClientOptions.of(List.of(url), SERVICE, "", Secret.of("")).staying();
        client = new DesktopClient(vertx, sockets, options, this);
    }

    Future<Void> begin(String url) {
        return client.connectTo(url)
                .compose(connected -> client.core("bindService", new JsonObject().put("serviceId", "ServiceMonitor")))
                .mapEmpty();
    }

    @Override
    public synchronized void serviceEvent(JsonObject message) {
        JsonObject event = message.getJsonObject("event", new JsonObject());
        JsonArray services = event.getJsonArray("services", new JsonArray());
        if (event.containsKey("service")) {
            services.add(event.getJsonObject("service"));
        }
        for (Object each : services) {
            JsonObject service = (JsonObject) each;
            String status =
                    service.getJsonObject("serviceStatus", new JsonObject()).getString("status", "");
            if (SERVICE.equals(service.getString("id")) && !status.equals(last())) {
                changes.add(new Change(Micros.now(), status));
            }
        }
    }

    private String last() {
        return changes.isEmpty() ? "" : changes.get(changes.size() - 1).status();
    }

    /** Returns when the status was first this one after a time, or -1. */
    public synchronized long firstAfter(long time, String status) {
        return changes.stream()
                .filter(change -> change.at() >= time && change.status().equals(status))
                .mapToLong(Change::at)
                .findFirst()
                .orElse(-1);
    }

    /** Goes. */
    public Future<Void> close() {
        return client.close();
    }
}
