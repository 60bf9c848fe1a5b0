package io.interactionprocessor.demo;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;

/** The switch that the demonstration runs on: how its nodes are configured, and how customers call. */
interface DemoSwitch {
    /** Returns the nodes' configuration file; one that is written for them goes into the directory. */
    String configuration(Path directory) throws IOException;

    /** Returns the number that customers call. */
    String queue();

    /** Returns the number of the first agent's station. */
    String firstStation();

    /** Returns the number of the second agent's station. */
    String secondStation();

    /** Lets a customer call the queue; returns a name for the call. */
    Future<String> call(String from, JsonObject data);

    /** Returns whether the switch has that call no longer. */
    Future<Boolean> gone(String call);

    /** Returns what the reader can do to let a customer call. */
    String invitation();
}
