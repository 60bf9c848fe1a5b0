package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Writes service objects and the {@code ServiceMonitor}'s events (protocol 4). */
final class ServiceJson {
    private ServiceJson() {}

    static void writeEvent(JsonGenerator json, ServiceEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("messageType", "serviceEvent");
        json.writeStringField("serviceId", "ServiceMonitor");
        json.writeObjectFieldStart("event");
        if (event instanceof ServiceEvent.ServiceList list) {
            json.writeStringField("eventType", "serviceList");
            writeServices(json, list.services());
        } else if (event instanceof ServiceEvent.ServiceRegistered registered) {
            writeService(json, "serviceRegistered", registered.service());
        } else if (event instanceof ServiceEvent.ServiceUnregistered unregistered) {
            writeService(json, "serviceUnregistered", unregistered.service());
        } else if (event instanceof ServiceEvent.ServiceStatusChanged changed) {
            writeService(json, "serviceStatusChanged", changed.service());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    static void writeServices(JsonGenerator json, List<ServiceObject> services) throws IOException {
        json.writeArrayFieldStart("services");
        for (ServiceObject service : services) {
            writeService(json, service);
        }
        json.writeEndArray();
    }

    private static void writeService(JsonGenerator json, String eventType, ServiceObject service) throws IOException {
        json.writeStringField("eventType", eventType);
        json.writeFieldName("service");
        writeService(json, service);
    }

    private static void writeService(JsonGenerator json, ServiceObject service) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", service.id());
        json.writeStringField("name", service.name());
        json.writeStringField("type", service.type());
        ValueJson.writeMapField(json, "info", service.info());
        ServiceObject.ServiceStatus status = service.serviceStatus();
        json.writeObjectFieldStart("serviceStatus");
        json.writeStringField("status", status.status().name());
        json.writeBooleanField("acceptingClients", status.acceptingClients());
        json.writeNumberField("clientCount", status.clientCount());
        json.writeArrayFieldStart("nodes");
        for (ServiceObject.NodeStatus node : status.nodes()) {
            json.writeStartObject();
            json.writeStringField("url", node.url());
            json.writeBooleanField("acceptingClients", node.acceptingClients());
            json.writeNumberField("clientCount", node.clientCount());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }
}
