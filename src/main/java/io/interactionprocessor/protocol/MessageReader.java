package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interactionprocessor.model.Secret;

/**
 * Reads a client's message (protocol 2): JSON text to {@link Request}. Every text gets an answer, none an exception. Nothing
 * that a client wrote comes back in an error but a valid {@code requestId}. Unknown properties are ignored; one that is
 * {@code null} counts as missing; numbers, booleans and strings are not converted into each other. Thread-safe.
 */
public final class MessageReader {
    private static final int AGENT_LENGTH = 128;
    private static final int PASSWORD_LENGTH = 1024;

    private final ObjectReader json;
    private final SessionCommandReader commands;
    private final boolean echoCredentials;

    /** Reads with the default limits and echoes no password. */
    public MessageReader() {
        this(ReadLimits.DEFAULT, false);
    }

    /**
     * Reads with other limits.
     *
     * @param echoCredentials whether {@code original} and {@code data} keep the password they came with (protocol 4.1)
     */
    public MessageReader(ReadLimits limits, boolean echoCredentials) {
        this.json = strictJson(limits);
        this.commands = new SessionCommandReader(limits);
        this.echoCredentials = echoCredentials;
    }

    /** Reads one message. */
    public Read read(String text) {
        JsonNode message;
        try {
            message = json.readTree(text);
        } catch (JsonProcessingException e) {
            return Refusals.malformed(text, e);
        }
        if (!message.isObject()) {
            return Refusals.notAnObject();
        }
        if (!Unicode.isSound(text, message)) {
            return Refusals.unsound(text);
        }
        String requestId = Refusals.validRequestId(message.get("requestId"));
        String type = message.path("messageType").textValue();
        if (type == null) {
            return Refusals.noMessageType(requestId);
        }
        Fields envelope = Fields.of(message, "");
        return switch (type) {
            case "coreRequest" -> requestId == null ? Refusals.noRequestId() : core(envelope, requestId, text);
            case "serviceRequest" -> requestId == null ? Refusals.noRequestId() : service(envelope, requestId, text);
            case "resourceRequest" -> requestId == null ? Refusals.noRequestId() : resource(envelope, requestId, text);
            default -> Refusals.unknownMessageType(requestId);
        };
    }

    private Read core(Fields envelope, String requestId, String text) {
        String command = envelope.required("command");
        if (command == null) {
            return Refusals.invalid(requestId, envelope.fault());
        }
        String original = original(text);
        Fields data = envelope.object("data");
        Request request = switch (command) {
            case "getServices" -> new Request.GetServices(requestId, data.optional("type"), original);
            case "bindService" -> new Request.BindService(requestId, id("serviceId", envelope, data), original);
            case "unbindService" -> new Request.UnbindService(requestId, id("serviceId", envelope, data), original);
            case "bindResource" ->
                new Request.BindResource(
                        requestId,
                        id("serviceId", envelope, data),
                        id("resourceId", envelope, data),
                        data.optional("resumeKey"),
                        data.count("lastSequence"),
                        original);
            case "unbindResource" ->
                new Request.UnbindResource(
                        requestId, id("serviceId", envelope, data), id("resourceId", envelope, data), original);
            case "ping" -> new Request.Ping(requestId, original);
            default -> null;
        };
        if (request == null) {
            return new Read.Understood(new Request.UnknownCore(requestId, command, original));
        }
        return understood(request, envelope);
    }

    /** Core requests have their ids beside {@code data}; within it they are taken too. */
    private static String id(String name, Fields envelope, Fields data) {
        return !envelope.has(name) && data.has(name) ? data.required(name) : envelope.required(name);
    }

    private Read service(Fields envelope, String requestId, String text) {
        String serviceId = envelope.required("serviceId");
        Fields request = envelope.requiredObject("request");
        String command = request.required("command");
        if (envelope.fault() != null) {
            return Refusals.invalid(requestId, envelope.fault());
        }
        String original = original(text);
        Fields data = Fields.of(request.get("data"), "/request/data");
        Request understood = switch (command) {
            case "prepareSession" -> prepareSession(data, requestId, serviceId, original);
            case "getCapabilities" -> new Request.GetCapabilities(requestId, serviceId, original);
            default -> null;
        };
        if (understood == null) {
            understood = new Request.UnknownService(requestId, serviceId, command, original);
        } else if (data.fault() != null) {
            Fields.Fault fault = data.fault();
            understood =
                    new Request.InvalidService(requestId, serviceId, command, fault.field(), fault.message(), original);
        }
        return new Read.Understood(understood);
    }

    private static Request prepareSession(Fields data, String requestId, String serviceId, String original) {
        String model = data.optional("model");
        boolean override = data.flag("override");
        Fields agent = data.requiredObject("agent");
        String id = agent.required("id", AGENT_LENGTH);
        String password = agent.required("password");
        if (password != null && Fields.longer(password, PASSWORD_LENGTH)) {
            agent.refuse("password", "must have at most " + PASSWORD_LENGTH + " characters");
        }
        return new Request.PrepareSession(
                requestId,
                serviceId,
                model == null || model.isBlank() ? null : model,
                override,
                id,
                Secret.of(password),
                JsonSpans.requestData(original),
                original);
    }

    private Read resource(Fields envelope, String requestId, String text) {
        String serviceId = envelope.required("serviceId");
        String resourceId = envelope.required("resourceId");
        Fields request = envelope.requiredObject("request");
        String commandName = request.required("command");
        String target = request.required("target");
        if (envelope.fault() != null) {
            return Refusals.invalid(requestId, envelope.fault());
        }
        SessionCommand command = Verb.of(commandName)
                .map(verb -> commands.read(verb, request.get("data")))
                .orElse(null);
        return new Read.Understood(
                new Request.Resource(requestId, serviceId, resourceId, commandName, target, command, original(text)));
    }

    private static Read understood(Request request, Fields envelope) {
        return envelope.fault() == null
                ? new Read.Understood(request)
                : Refusals.invalid(request.requestId(), envelope.fault());
    }

    private String original(String text) {
        return echoCredentials ? text : AgentPassword.mask(text);
    }

    private static ObjectReader strictJson(ReadLimits limits) {
        JsonFactoryBuilder factory = new JsonFactoryBuilder();
        factory.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
        // no table of names shared between clients: a hostile one could fill it for the others
        factory.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
        factory.disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
        factory.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxStringLength(limits.stringLength())
                .maxNameLength(limits.nameLength())
                .maxNumberLength(limits.numberLength())
                .build());
        return JsonMapper.builder(factory.build())
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readerFor(JsonNode.class);
    }
}
