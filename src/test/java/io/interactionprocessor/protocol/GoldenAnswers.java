package io.interactionprocessor.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every form of answer (protocol 2 to 5) and the {@code ServiceMonitor}'s events, by the name of their golden files. */
final class GoldenAnswers {
    private static final String PREPARE =
            "{\"messageType\":\"serviceRequest\",\"requestId\":\"r2\",\"serviceId\":\"sim\","
                    + "\"request\":{\"command\":\"prepareSession\",\"data\":{\"model\":\"default\",\"override\":false,"
                    + "\"agent\":{\"id\":\"1001\",\"password\":\"***\"}}}}";
    private static final String HOLD =
            "{\"messageType\":\"resourceRequest\",\"requestId\":\"r7\",\"serviceId\":\"sim\","
                    + "\"resourceId\":\"R\",\"request\":{\"command\":\"conversation.hold\",\"target\":\"R.g1.c1.i7.v12\"}}";

    private GoldenAnswers() {}

    static Map<String, Response> responses() {
        Map<String, Response> answers = new LinkedHashMap<>();
        core(answers);
        service(answers);
        resource(answers);
        return answers;
    }

    private static void core(Map<String, Response> answers) {
        answers.put(
                "coreResponse-getServices",
                new Response.CoreSuccess(
                        "r1",
                        "getServices",
                        new Response.Services(List.of(
                                GoldenObjects.monitor(), GoldenObjects.service(ServiceObject.Status.InService)))));
        answers.put("coreResponse-bindService", new Response.CoreSuccess("r2", "bindService", null));
        answers.put("coreResponse-unbindService", new Response.CoreSuccess("r3", "unbindService", null));
        answers.put(
                "coreResponse-bindResource",
                new Response.CoreSuccess(
                        "r4", "bindResource", new Response.Bound("q8Xb0VYd5nK2tLw7RzJ3Gg", 1, false, "bound")));
        answers.put("coreResponse-unbindResource", new Response.CoreSuccess("r5", "unbindResource", null));
        answers.put("coreResponse-ping", new Response.CoreSuccess("r6", "ping", new Response.Pong(GoldenObjects.NOON)));
        answers.put(
                "coreResponse-failure",
                new Response.CoreFailure(
                        "r4",
                        "bindResource",
                        Failure.of(FailureCode.ALREADY_BOUND, "Another client has bound this session: resume it."),
                        "{\"messageType\":\"coreRequest\",\"requestId\":\"r4\",\"command\":\"bindResource\","
                                + "\"serviceId\":\"sim\",\"resourceId\":\"R\"}"));
        answers.put(
                "coreError-malformedMessage",
                new Response.CoreError(
                        null,
                        Failure.of(
                                FailureCode.MALFORMED_MESSAGE,
                                "The message is not one JSON object with each key once (line 1, column 9).")));
        answers.put(
                "coreError-unknownMessageType",
                new Response.CoreError(
                        "r9",
                        Failure.of(
                                FailureCode.UNKNOWN_MESSAGE_TYPE,
                                "Clients send the messageTypes coreRequest, serviceRequest and resourceRequest, no other.")));
        answers.put(
                "coreError-invalidRequest",
                new Response.CoreError(
                        "r9",
                        new Failure(
                                FailureCode.INVALID_REQUEST,
                                "target is missing: a string must be given",
                                "/request/target",
                                null)));
    }

    private static void service(Map<String, Response> answers) {
        answers.put(
                "serviceResponse-prepareSession-success",
                new Response.SessionPrepared(
                        "r2",
                        "sim",
                        "Zk3vXo0cQ2mT8yH4bN6wJA",
                        "{\"model\":\"default\",\"override\":false,\"agent\":{\"id\":\"1001\",\"password\":\"***\"}}"));
        answers.put("serviceResponse-prepareSession-confirm", confirm());
        answers.put(
                "serviceResponse-prepareSession-failure",
                new Response.ServiceFailure(
                        "r2",
                        "sim",
                        "prepareSession",
                        new Failure(
                                FailureCode.INVALID_CREDENTIALS,
                                "No such agent or wrong password: check both and try again.",
                                null,
                                "E-7f3a9c"),
                        PREPARE));
        answers.put(
                "serviceResponse-invalidRequest",
                new Response.ServiceFailure(
                        "r2",
                        "sim",
                        "prepareSession",
                        new Failure(
                                FailureCode.INVALID_REQUEST,
                                "override must be true or false",
                                "/request/data/override",
                                null),
                        PREPARE.replace("false", "\"false\"")));
        answers.put(
                "serviceResponse-getCapabilities",
                new Response.ServiceSuccess("r3", "sim", "getCapabilities", capabilities()));
        answers.put(
                "serviceError",
                new Response.ServiceError(
                        "r2", "sim", Failure.of(FailureCode.NOT_BOUND, "Bind the service first: bindService.")));
    }

    static Response.SessionConfirm confirm() {
        return new Response.SessionConfirm(
                "r2",
                "sim",
                "Agent 1001 is logged in elsewhere. Log in here and end that session?",
                GoldenObjects.NOON,
                "active",
                "node-2",
                1,
                PREPARE);
    }

    static Map<String, Object> capabilities() {
        Map<String, Object> capabilities = new LinkedHashMap<>();
        capabilities.put("protocol-version", 1);
        capabilities.put("telephony", true);
        capabilities.put("multimedia", false);
        capabilities.put("channel-groups", true);
        capabilities.put("call-models", List.of("default"));
        capabilities.put("default-call-model", "default");
        capabilities.put("requests", List.of(Verb.SESSION_START, Verb.CHANNEL_READY, Verb.CONVERSATION_HOLD));
        capabilities.put("not-ready-reasons", List.of("Break", "Training"));
        capabilities.put("dispositions", List.of("sold", "callback"));
        capabilities.put("resume", true);
        capabilities.put("replay-window", 1000);
        capabilities.put("supervisor", false);
        return capabilities;
    }

    private static void resource(Map<String, Response> answers) {
        answers.put(
                "resourceResponse-success", new Response.ResourceSuccess("r3", "sim", "R", "session.start", "R", null));
        answers.put(
                "resourceResponse-snapshot",
                new Response.ResourceSuccess("r8", "sim", "R", "session.snapshot", "R", GoldenObjects.snapshot()));
        answers.put(
                "resourceResponse-failure",
                new Response.ResourceFailure(
                        "r7",
                        "sim",
                        "R",
                        "conversation.hold",
                        "R.g1.c1.i7.v12",
                        Failure.of(
                                FailureCode.OPERATION_IN_PROGRESS,
                                "Another operation on this interaction has not ended: wait for its events."),
                        HOLD));
        answers.put(
                "resourceResponse-invalidRequest",
                new Response.ResourceFailure(
                        "r7",
                        "sim",
                        "R",
                        "conversation.senddtmf",
                        "R.g1.c1.i7.v12",
                        new Failure(
                                FailureCode.INVALID_REQUEST,
                                "digits must be 1 to 64 of 0-9 * # A-D",
                                "/request/data/digits",
                                null),
                        HOLD.replace("hold\",", "senddtmf\",\"data\":{\"digits\":\"1x\"},")));
        answers.put(
                "resourceError",
                new Response.ResourceError(
                        "r7",
                        "sim",
                        "R",
                        Failure.of(
                                FailureCode.UNKNOWN_RESOURCE,
                                "There is no such session, or it has ended: prepare a new one.")));
    }

    static Map<String, ServiceEvent> serviceEvents() {
        ServiceObject service = GoldenObjects.service(ServiceObject.Status.InService);
        Map<String, ServiceEvent> events = new LinkedHashMap<>();
        events.put("serviceEvent-serviceList", new ServiceEvent.ServiceList(List.of(GoldenObjects.monitor(), service)));
        events.put("serviceEvent-serviceRegistered", new ServiceEvent.ServiceRegistered(service));
        events.put("serviceEvent-serviceUnregistered", new ServiceEvent.ServiceUnregistered(service));
        events.put(
                "serviceEvent-serviceStatusChanged",
                new ServiceEvent.ServiceStatusChanged(GoldenObjects.service(ServiceObject.Status.OutOfService)));
        return events;
    }
}
