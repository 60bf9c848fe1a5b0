package io.interactionprocessor;

import io.interactionprocessor.bench.BareServer;
import io.interactionprocessor.cluster.BareEntries;
import io.interactionprocessor.cluster.ClusterNode;
import io.interactionprocessor.cluster.ClusterSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench-baseline}: the bare platform, for {@code bench} and {@code torture} to compare with. */
@Command(name = "bench-baseline", hidden = true, description = "Run what the benchmark compares with.")
final class BaselineCommand implements Callable<Integer> {
    private static final long LONGEST_START_S = 60;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1")
    private String host;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--cluster-port")
    private int clusterPort;

    @Option(names = "--members", split = ",")
    private List<String> members = new ArrayList<>();

    @Option(names = "--exit-with-parent", required = true)
    private long parent;

    @Override
    public Integer call() throws InterruptedException, TimeoutException {
        Future<Void> serving = members.isEmpty() ? serve(Vertx.vertx(), null, () -> 1) : clustered();
        serving.await(LONGEST_START_S, TimeUnit.SECONDS);
        spec.commandLine().getOut().println("ready ws://" + host + ':' + port + "/ws");
        spec.commandLine().getOut().flush();
        ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
        return Main.SUCCESS;
    }

    private Future<Void> clustered() {
        ClusterSettings settings = new ClusterSettings(
                "bench-" + members.get(0).replaceFirst(".*:", ""),
                host,
                clusterPort,
                members,
                0,
                Path.of("cluster.xml"));
        return ClusterNode.start(settings).compose(node -> {
            BareEntries entries = new BareEntries(node);
            IntSupplier seen = () -> node.membership().nodes().size();
            return serve(node.vertx(), entries::write, seen).compose(serving -> allHere(node));
        });
    }

    /** A node serves when it sees the others; so does this. */
    private Future<Void> allHere(ClusterNode node) {
        return node.membership().nodes().size() >= members.size()
                ? Future.succeededFuture()
                : node.vertx().timer(10, TimeUnit.MILLISECONDS).compose(later -> allHere(node));
    }

    private Future<Void> serve(Vertx vertx, BareServer.Entries entries, IntSupplier members) {
        DeploymentOptions loops = new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
        return vertx.deployVerticle(() -> new BareServer(host, port, entries, members), loops)
                .mapEmpty();
    }
}
