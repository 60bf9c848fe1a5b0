package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every golden client message is to be understood as, by the name of its file. */
final class GoldenRequests {
    private static final String GROUP = GoldenEvents.GROUP;
    private static final String CHANNEL = GoldenEvents.CHANNEL;
    private static final String INTERACTION = GoldenEvents.INTERACTION;
    private static final String CONVERSATION = GoldenEvents.CONVERSATION;

    private final Map<String, String> texts;
    private final Map<String, Request> requests = new LinkedHashMap<>();

    private GoldenRequests(Map<String, String> texts) {
        this.texts = texts;
    }

    /** Returns the expected request for each file of {@code texts}. */
    static Map<String, Request> of(Map<String, String> texts) {
        GoldenRequests golden = new GoldenRequests(texts);
        golden.core();
        golden.service();
        golden.resource();
        return golden.requests;
    }

    private String text(String name) {
        return texts.getOrDefault(name, "no file " + name);
    }

    private void core() {
        String name = "getServices";
        requests.put(name, new Request.GetServices("r1", null, text(name)));
        name = "getServices-type";
        requests.put(name, new Request.GetServices("r1", "interactionProcessor", text(name)));
        name = "bindService";
        requests.put(name, new Request.BindService("r1", "ServiceMonitor", text(name)));
        name = "unbindService";
        requests.put(name, new Request.UnbindService("r1", "ServiceMonitor", text(name)));
        name = "bindResource";
        requests.put(name, new Request.BindResource("r1", "sim", "R", null, null, text(name)));
        name = "bindResource-resume";
        requests.put(name, new Request.BindResource("r1", "sim", "R", "q8Xb0VYd5nK2tLw7RzJ3Gg", 4711L, text(name)));
        name = "bindResource-idsInData";
        requests.put(name, new Request.BindResource("r1", "sim", "R", null, 0L, text(name)));
        name = "unbindResource";
        requests.put(name, new Request.UnbindResource("r1", "sim", "R", text(name)));
        name = "ping";
        requests.put(name, new Request.Ping("r1", text(name)));
        name = "core-unknownCommand";
        requests.put(name, new Request.UnknownCore("r1", "getEverything", text(name)));
    }

    private void service() {
        String name = "prepareSession";
        requests.put(
                name,
                new Request.PrepareSession(
                        "r2",
                        "sim",
                        "default",
                        false,
                        "1001",
                        Secret.of("demo"),
                        "{\"model\": \"default\", \"override\": false, \"agent\": {\"id\": \"1001\", \"password\": \"***\"}}",
                        text(name).replace("\"demo\"", "\"***\"")));
        name = "prepareSession-least";
        requests.put(
                name,
                new Request.PrepareSession(
                        "r2",
                        "sim",
                        null,
                        false,
                        "1001",
                        Secret.of("demo"),
                        "{\"agent\": {\"id\": \"1001\", \"password\": \"***\"}}",
                        text(name).replace("\"demo\"", "\"***\"")));
        name = "getCapabilities";
        requests.put(name, new Request.GetCapabilities("r2", "sim", text(name)));
        name = "service-unknownCommand";
        requests.put(name, new Request.UnknownService("r2", "sim", "prepareLunch", text(name)));
        name = "prepareSession-invalid";
        requests.put(
                name,
                new Request.InvalidService(
                        "r2",
                        "sim",
                        "prepareSession",
                        "/request/data/agent/id",
                        "id must be a string",
                        text(name).replace("\"demo\"", "\"***\"")));
    }

    private void resource() {
        put("session.start", "R", new SessionCommand.Start("1001"));
        put("session.logout", "R", new SessionCommand.Logout("home", true));
        put("session.snapshot", "R", new SessionCommand.Snapshot());
        put("channelgroup.activateall", GROUP, new SessionCommand.ActivateAll());
        put("channelgroup.deactivateall", GROUP, new SessionCommand.DeactivateAll());
        put("channelgroup.ready", GROUP, new SessionCommand.GroupReady());
        put("channelgroup.notready", GROUP, new SessionCommand.GroupNotReady("Break"));
        put("channel.activate", CHANNEL, new SessionCommand.Activate());
        put("channel.deactivate", CHANNEL, new SessionCommand.Deactivate());
        put("channel.ready", CHANNEL, new SessionCommand.Ready());
        put("channel.notready", CHANNEL, new SessionCommand.NotReady("Break"));
        put("channel.cancelpending", CHANNEL, new SessionCommand.CancelPending());
        put("channel.dial", CHANNEL, new SessionCommand.Dial("5550101", Map.of("customer", "C-4711")));
        put("interaction.accept", INTERACTION, new SessionCommand.Accept());
        put("interaction.reject", INTERACTION, new SessionCommand.Reject());
        put("interaction.complete", INTERACTION, new SessionCommand.Complete("sold", "Wants blue."));
        put("interaction.setdata", INTERACTION, new SessionCommand.SetData(Map.of("vip", true), List.of("note")));
        put("interaction.consult", INTERACTION, new SessionCommand.Consult("1002"));
        put("interaction.alternate", INTERACTION, new SessionCommand.Alternate());
        put("interaction.reconnect", INTERACTION, new SessionCommand.Reconnect());
        put("interaction.consulttransfer", INTERACTION, new SessionCommand.ConsultTransfer());
        put("interaction.consultconference", INTERACTION, new SessionCommand.ConsultConference());
        put("conversation.answer", CONVERSATION, new SessionCommand.Answer());
        put("conversation.release", CONVERSATION, new SessionCommand.Release());
        put("conversation.hold", CONVERSATION, new SessionCommand.Hold());
        put("conversation.retrieve", CONVERSATION, new SessionCommand.Retrieve());
        put("conversation.mute", CONVERSATION, new SessionCommand.Mute());
        put("conversation.unmute", CONVERSATION, new SessionCommand.Unmute());
        put("conversation.transfer", CONVERSATION, new SessionCommand.Transfer("1002"));
        put("conversation.conference", CONVERSATION, new SessionCommand.Conference("1002"));
        put("conversation.dropmember", CONVERSATION, new SessionCommand.DropMember("p3"));
        put("conversation.senddtmf", CONVERSATION, new SessionCommand.SendDtmf("12*#A"));
        put("channel.request.ready", "channel.request.ready", CHANNEL, new SessionCommand.Ready());
        put("resource-unknownCommand", "channel.explode", CHANNEL, null);
        put(
                "conversation.senddtmf-invalid",
                "conversation.senddtmf",
                CONVERSATION,
                new SessionCommand.Invalid(
                        Verb.CONVERSATION_SENDDTMF, "/request/data/digits", "digits must be 1 to 64 of 0-9 * # A-D"));
    }

    private void put(String command, String target, SessionCommand expected) {
        put(command, command, target, expected);
    }

    private void put(String name, String command, String target, SessionCommand expected) {
        requests.put(name, new Request.Resource("r3", "sim", "R", command, target, expected, text(name)));
    }

    /** Returns the expected answer for each file of bad messages. */
    static Map<String, Response.CoreError> refusals() {
        Map<String, Response.CoreError> refusals = new LinkedHashMap<>();
        refusals.put("notJson", refusal(null, FailureCode.MALFORMED_MESSAGE, null));
        refusals.put("notAnObject", refusal(null, FailureCode.MALFORMED_MESSAGE, null));
        refusals.put("cutOff", refusal("r9", FailureCode.MALFORMED_MESSAGE, null));
        refusals.put("keyTwice", refusal("r9", FailureCode.MALFORMED_MESSAGE, null));
        refusals.put("twoMessages", refusal("r9", FailureCode.MALFORMED_MESSAGE, null));
        refusals.put("tooDeep", refusal("r9", FailureCode.MALFORMED_MESSAGE, null));
        refusals.put("noMessageType", refusal("r9", FailureCode.UNKNOWN_MESSAGE_TYPE, null));
        refusals.put("ourMessageType", refusal("r9", FailureCode.UNKNOWN_MESSAGE_TYPE, null));
        refusals.put("noRequestId", refusal(null, FailureCode.INVALID_REQUEST, "/requestId"));
        refusals.put("numberAsRequestId", refusal(null, FailureCode.INVALID_REQUEST, "/requestId"));
        refusals.put("noCommand", refusal("r9", FailureCode.INVALID_REQUEST, "/command"));
        refusals.put("noRequest", refusal("r9", FailureCode.INVALID_REQUEST, "/request"));
        refusals.put("noTarget", refusal("r9", FailureCode.INVALID_REQUEST, "/request/target"));
        refusals.put("dataIsAList", refusal("r9", FailureCode.INVALID_REQUEST, "/data"));
        refusals.put("numberAsText", refusal("r9", FailureCode.INVALID_REQUEST, "/data/lastSequence"));
        return refusals;
    }

    private static Response.CoreError refusal(String requestId, FailureCode code, String field) {
        return new Response.CoreError(requestId, new Failure(code, "any", field, null));
    }
}
