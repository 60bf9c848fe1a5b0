package io.interactionprocessor.demo;

import static io.interactionprocessor.demo.Robot.result;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The main job, as a person would like to see it. Every step is held to what the protocol says. */
final class Walkthrough {
    private static final String CUSTOMER = "5550101";
    private static final int INTERACTION = 4;
    private static final int CONVERSATION = 5;

    private final DemoCluster cluster;
    private final Steps steps;
    private final DemoSwitch demoSwitch;
    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final Robot first;
    private final Robot second;
    private Robot third;
    private String callId;
    private String primary;
    private String consult;

    Walkthrough(DemoCluster cluster, Steps steps, DemoSwitch demoSwitch, Vertx vertx, WebSocketClient sockets) {
        this.cluster = cluster;
        this.steps = steps;
        this.demoSwitch = demoSwitch;
        this.vertx = vertx;
        this.sockets = sockets;
        first = new Robot(vertx, sockets, cluster.url(0), "1001");
        second = new Robot(vertx, sockets, cluster.url(1), "1002");
    }

    /** Runs all steps, and leaves nobody logged in. */
    void run() throws InterruptedException {
        logIn(first, 0, "agent 1001");
        logIn(second, 1, "agent 1002");
        getReady(first, 0, "agent 1001");
        getReady(second, 1, "agent 1002");
        customerCalls();
        answerHoldRetrieve();
        consultAndTransfer();
        takeOver();
        hangUpAndLogOut();
    }

    private void logIn(Robot robot, int node, String who) throws InterruptedException {
        steps.step(who, cluster.name(node), "logs in; objects come, session.initialized last", () -> {
            result(robot.client().login(false, null));
            robot.await(
                    "session.initialized",
                    () -> Optional.of(robot.eventNames()).filter(names -> names.contains("session.initialized")));
            List<String> names = robot.eventNames();
            steps.expectEqual("the last event", names.get(names.size() - 1), "session.initialized");
            steps.expect(names.contains("channelgroup.created"), "channelgroup.created");
            steps.expect(names.contains("channel.created"), "channel.created");
            steps.expect(robot.has(channel(robot)), "the channel " + channel(robot));
            orderly(robot);
        });
    }

    private void getReady(Robot robot, int node, String who) throws InterruptedException {
        steps.step(who, cluster.name(node), "activates the channels and gets ready", () -> {
            robot.call("channelgroup.activateall", group(robot));
            robot.awaitState(channel(robot), "ACTIVE");
            robot.call("channel.ready", channel(robot));
            robot.awaitField(channel(robot), "availability", "ready");
            orderly(robot);
        });
    }

    private void customerCalls() throws InterruptedException {
        steps.step(
                "customer " + CUSTOMER,
                cluster.name(2),
                "calls queue " + demoSwitch.queue() + "; agent 1001, idle longest, rings",
                () -> {
                    callId = result(demoSwitch.call(CUSTOMER, new JsonObject().put("order", "A-4711")));
                    primary = first.awaitObject(CONVERSATION, "ALERTING");
                    JsonObject interaction = first.object(interaction(primary));
                    steps.expectEqual("the interaction's state", interaction.getString("state"), "ALERTING");
                    steps.expectEqual("the direction", interaction.getString("direction"), "inbound");
                    steps.expectEqual("from", interaction.getString("from"), CUSTOMER);
                    steps.expectEqual(
                            "the attached data",
                            interaction.getJsonObject("data", new JsonObject()).getString("order"),
                            "A-4711");
                    first.awaitField(channel(first), "availability", "busy");
                    steps.expect(first.eventNames().contains("interaction.preview"), "interaction.preview");
                    orderly(first);
                });
    }

    private void answerHoldRetrieve() throws InterruptedException {
        steps.step("agent 1001", cluster.name(0), "answers", () -> {
            first.call("conversation.answer", primary);
            first.awaitState(primary, "CONNECTED", lift(demoSwitch.firstStation()));
            orderly(first);
        });
        steps.step("agent 1001", cluster.name(0), "puts the customer on hold", () -> {
            inState("conversation.hold", "HELD");
            steps.expect(actions(first, primary).contains("conversation.retrieve"), "conversation.retrieve is allowed");
            steps.expect(!actions(first, primary).contains("conversation.hold"), "conversation.hold is not");
        });
        steps.step(
                "agent 1001",
                cluster.name(0),
                "retrieves the customer",
                () -> inState("conversation.retrieve", "CONNECTED"));
    }

    /** A real phone may not answer by itself. */
    private Runnable lift(String station) {
        return () -> steps.say("phone " + station + " rings: lift it, there are " + Robot.PERSON_MS / 1000 + " s");
    }

    private void inState(String command, String state) throws InterruptedException {
        first.call(command, primary);
        first.awaitState(primary, state);
        orderly(first);
    }

    private void consultAndTransfer() throws InterruptedException {
        steps.step("agent 1001", cluster.name(0), "consults 1002; the customer waits, agent 1002 rings", () -> {
            first.call(
                    "interaction.consult",
                    interaction(primary),
                    new JsonObject().put("destination", demoSwitch.secondStation()));
            first.awaitState(primary, "HELD");
            consult = second.awaitObject(CONVERSATION, "ALERTING");
            orderly(first);
            orderly(second);
        });
        steps.step("agent 1002", cluster.name(1), "answers; the two agents talk", () -> {
            second.call("conversation.answer", consult);
            second.awaitState(consult, "CONNECTED", lift(demoSwitch.secondStation()));
            String own = first.awaitObject(CONVERSATION, "CONNECTED");
            steps.expectEqual("its role", first.object(own).getString("role"), "consult");
            steps.expect(
                    actions(first, interaction(primary)).contains("interaction.consulttransfer"),
                    "interaction.consulttransfer is allowed");
        });
        steps.step("agent 1001", cluster.name(0), "transfers: 1002 and the customer talk, 1001 is free", () -> {
            first.call("interaction.consulttransfer", interaction(primary));
            first.await(
                    "the interaction is gone",
                    () -> Optional.of(true).filter(gone -> !first.has(interaction(primary))));
            first.awaitField(channel(first), "availability", "ready");
            second.await(
                    "the customer is on the call",
                    () -> members(second, consult).filter(all -> all.contains(CUSTOMER)));
            second.awaitState(consult, "CONNECTED");
            second.await(
                    "the customer's data",
                    () -> Optional.of(second.object(interaction(consult)))
                            .filter(object -> "A-4711"
                                    .equals(object.getJsonObject("data", new JsonObject())
                                            .getString("order"))));
            orderly(first);
            orderly(second);
        });
    }

    private void takeOver() throws InterruptedException {
        third = new Robot(vertx, sockets, cluster.url(2), "1002");
        steps.step("agent 1002", cluster.name(2), "logs in once more: asked to confirm, nothing changes", () -> {
            result(third.client().connect());
            JsonObject answer = result(third.client().prepareSession(false));
            steps.expectEqual("the result", answer.getString("result"), "confirm");
            JsonObject session = answer.getJsonObject("session", new JsonObject());
            steps.expectEqual("the session's state", session.getString("state"), "active");
            steps.expectEqual("the session's calls", session.getInteger("calls"), 1);
            second.call("session.snapshot", second.client().resourceId());
            steps.expect(second.ended() == null, "the old session goes on");
        });
        steps.step("agent 1002", cluster.name(2), "overrides: the old client gets session.ended and 4002", () -> {
            JsonObject answer = result(third.client().prepareSession(true));
            steps.expectEqual("the result", answer.getString("result"), "success");
            steps.expectEqual("the old client's close", second.awaitSentAway(), 4002);
            steps.expectEqual("its end", second.ended(), "session.ended, overridden");
            orderly(second);
        });
        steps.step("agent 1002", cluster.name(2), "starts the new session and finds the call as it was", () -> {
            result(third.client().bind());
            third.call("session.start", third.client().resourceId());
            third.await(
                    "session.initialized",
                    () -> Optional.of(third.eventNames()).filter(names -> names.contains("session.initialized")));
            consult = third.awaitObject(CONVERSATION, "CONNECTED");
            steps.expect(
                    members(third, consult)
                            .filter(all -> all.contains(CUSTOMER))
                            .isPresent(),
                    "the customer is on it");
            List<String> names = third.eventNames();
            steps.expectEqual("the last event", names.get(names.size() - 1), "session.initialized");
            orderly(third);
        });
    }

    private void hangUpAndLogOut() throws InterruptedException {
        steps.step("agent 1002", cluster.name(2), "hangs up; the call is gone from the switch too", () -> {
            third.call("conversation.release", consult);
            third.await(
                    "the interaction is gone",
                    () -> Optional.of(true).filter(gone -> !third.has(interaction(consult))));
            steps.expect(callId != null && result(demoSwitch.gone(callId)), "no call " + callId + " on the switch");
            orderly(third);
        });
        steps.step("both agents", "", "log out; session.ended comes after the answer", () -> {
            for (Robot robot : List.of(first, third)) {
                robot.call("session.logout", robot.client().resourceId());
                robot.await("session.ended", () -> Optional.ofNullable(robot.ended()));
                steps.expectEqual("its end", robot.ended(), "session.ended, logout");
                orderly(robot);
                result(robot.client().close());
            }
        });
    }

    private void orderly(Robot robot) {
        steps.expect(robot.complaints().isEmpty(), "events in order: " + robot.complaints());
    }

    private static String group(Robot robot) {
        return robot.client().resourceId() + ".g1";
    }

    private static String channel(Robot robot) {
        return group(robot) + ".c1";
    }

    /** Returns the path of the interaction that a conversation belongs to. */
    private static String interaction(String conversation) {
        String[] ids = conversation.split("\\.");
        return String.join(".", List.of(ids).subList(0, INTERACTION));
    }

    private static List<String> actions(Robot robot, String target) {
        return robot.object(target).getJsonArray("actions", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    /** Returns the members of a conversation as text. */
    private static Optional<String> members(Robot robot, String conversation) {
        return Optional.ofNullable(robot.object(conversation).getValue("members"))
                .map(String::valueOf);
    }
}
