package io.interactionprocessor.demo;

import static io.interactionprocessor.demo.Robot.result;

import io.interactionprocessor.client.DesktopClient;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts some nodes on this machine, shows the main job on them, and leaves them up for the reader to try. */
public final class Demo {
    private static final long LONGEST_MERGE_MS = 30_000;
    private static final long LOOK_MS = 50;

    private final int nodes;
    private final Class<?> main;
    private final PrintWriter out;
    private final Optional<AsteriskTarget> asterisk;
    private final DemoCluster cluster = new DemoCluster();

    /**
     * Makes a demonstration.
     *
     * @param nodes how many nodes
     * @param main the class to run for each of them
     * @param asterisk a real switch to show it on; none: the simulated one
     * @param out where to tell it
     */
    public Demo(int nodes, Class<?> main, Optional<AsteriskTarget> asterisk, PrintWriter out) {
        this.asterisk = asterisk;
        this.nodes = nodes;
        this.main = main;
        this.out = out;
    }

    /**
     * Runs it; blocks. The nodes are stopped when it returns, and when this process ends in whatever way.
     *
     * @param once whether to return after the walk-through; else it stays until the process is told to end
     * @return how many steps were wrong
     * @throws DemoFailed if it could not be finished
     */
    public int run(boolean once) throws InterruptedException {
        Thread stop = new Thread(cluster::stop, "demo-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            long start = System.nanoTime();
            SwitchSide switchSide = new SwitchSide(vertx);
            DemoSwitch demoSwitch = asterisk.<DemoSwitch>map(target -> new AsteriskSide(vertx, target))
                    .orElseGet(() -> new SimulatedSide(switchSide, cluster));
            cluster.start(nodes, main, demoSwitch, out);
            WebSocketClient sockets = DesktopClient.sockets(vertx);
            awaitOneCluster(vertx, sockets, switchSide);
            out.printf("One cluster of %d after %.1f s%n%n", cluster.size(), (System.nanoTime() - start) / 1e9);
            Steps steps = new Steps(out);
            walk(new Walkthrough(cluster, steps, demoSwitch, vertx, sockets), steps, once);
            if (!once) {
                invite(demoSwitch);
                new CountDownLatch(1).await();
            }
            return steps.failures();
        } finally {
            cluster.stop();
            vertx.close().await();
        }
    }

    private void walk(Walkthrough walkthrough, Steps steps, boolean once) throws InterruptedException {
        try {
            walkthrough.run();
            out.printf(
                    "%n%s%n",
                    steps.failures() == 0
                            ? "All " + steps.count() + " steps as the protocol says."
                            : steps.failures() + " of " + steps.count() + " steps were WRONG.");
        } catch (DemoFailed e) {
            if (once) {
                throw e;
            }
            out.printf("%nNot finished: %s%n", e.getMessage());
        } finally {
            out.flush();
        }
    }

    /** A node serves as soon as it is well itself; the demonstration wants all of them to know each other. */
    private void awaitOneCluster(Vertx vertx, WebSocketClient sockets, SwitchSide switchSide)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MERGE_MS);
        for (int i = 0; i < cluster.size(); i++) {
            Robot visitor = new Robot(vertx, sockets, cluster.url(i), "visitor");
            result(visitor.client().connect());
            String seen = look(visitor, switchSide, i);
            while (!seen.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new DemoFailed("no cluster of " + cluster.size() + " after " + LONGEST_MERGE_MS / 1000
                            + " s: " + cluster.name(i) + " " + seen);
                }
                Thread.sleep(LOOK_MS);
                seen = look(visitor, switchSide, i);
            }
            result(visitor.client().close());
        }
    }

    /** Returns what is missing as one node sees it, or nothing. */
    private String look(Robot visitor, SwitchSide switchSide, int index) {
        int readiness = result(switchSide.readiness(cluster.management(index)));
        if (readiness != 200) {
            return "answers " + readiness + " to /health/ready";
        }
        JsonArray services = result(visitor.client().core("getServices", new JsonObject()))
                .getJsonObject("data")
                .getJsonArray("services");
        for (Object each : services) {
            JsonObject service = (JsonObject) each;
            if (service.getString("id").equals("sim")) {
                JsonObject status = service.getJsonObject("serviceStatus");
                boolean whole = status.getJsonArray("nodes", new JsonArray()).size() == cluster.size()
                        && status.getString("status", "").equals("InService");
                return whole ? "" : "shows " + status.encode();
            }
        }
        return "has no service sim";
    }

    private void invite(DemoSwitch demoSwitch) {
        String prepare = new JsonObject()
                .put("messageType", "serviceRequest")
                .put("requestId", "2")
                .put("serviceId", "sim")
                .put(
                        "request",
                        new JsonObject()
                                .put("command", "prepareSession")
                                .put(
                                        "data",
                                        new JsonObject()
                                                .put("override", false)
                                                .put(
                                                        "agent",
                                                        new JsonObject()
                                                                .put("id", asterisk.isPresent() ? "1001" : "1003")
                                                                .put("password", "demo"))))
                .encode();
        String bind = new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", "1")
                .put("command", "bindService")
                .put("serviceId", "sim")
                .encode();
        out.printf(
                "%nNow you. Connect a WebSocket client (agents %s, password demo) to any of%n%n",
                asterisk.isPresent() ? "1001 and 1002" : "1001 to 2000");
        for (int i = 0; i < cluster.size(); i++) {
            out.println("    " + cluster.url(i));
        }
        out.printf("%nand send%n%n    %s%n    %s%n", bind, prepare);
        out.printf("%nA customer calls:%n%n    %s%n", demoSwitch.invitation());
        out.printf("%nCtrl-C stops the nodes.%n");
        out.flush();
    }
}
