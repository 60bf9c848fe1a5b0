package io.interactionprocessor.demo;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** The demonstration on the embedded simulated switch: customers call by the nodes' management ports. */
final class SimulatedSide implements DemoSwitch {
    private final SwitchSide side;
    private final DemoCluster cluster;

    SimulatedSide(SwitchSide side, DemoCluster cluster) {
        this.side = side;
        this.cluster = cluster;
    }

    @Override
    public String configuration(Path directory) {
        return "conf/demo.yaml";
    }

    @Override
    public String queue() {
        return "8001";
    }

    @Override
    public String firstStation() {
        return "1001";
    }

    @Override
    public String secondStation() {
        return "1002";
    }

    @Override
    public Future<String> call(String from, JsonObject data) {
        return side.call(cluster.management(2), from, queue(), data);
    }

    @Override
    public Future<Boolean> gone(String call) {
        return side.calls(cluster.management(0)).map(calls -> !calls.contains('"' + call + '"'));
    }

    @Override
    public String invitation() {
        return "curl -d '{\"from\":\"5550101\",\"to\":\"8001\"}' " + cluster.management(0) + "/simulated-switch/calls";
    }
}
