package io.interactionprocessor.client;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nodes a client knows, and which to go to. */
final class NodeList {
    private static final Pattern URL = Pattern.compile("wss?://[^\\s,;]+");
    /** Of those of the present node; a move that evens out less is not worth it. */
    private static final double CLEARLY_FEWER = 0.8;

    private final Set<String> urls;
    private final List<String> named = new ArrayList<>();
    private final Random random;

    NodeList(List<String> urls, Random random) {
        this.urls = new LinkedHashSet<>(urls);
        this.random = random;
    }

    /** Learns the nodes of a service object; what is no WebSocket's URL cannot be gone to. */
    void learn(JsonObject service) {
        for (JsonObject node : nodes(service)) {
            String url = node.getString("url", "");
            if (URL.matcher(url).matches()) {
                urls.add(url);
            }
        }
    }

    /** Learns the nodes that the reason of a close names; the next to be tried are these, in that order. */
    void learn(String reason) {
        named.clear();
        Matcher found = URL.matcher(reason);
        while (found.find()) {
            urls.add(found.group());
            named.add(found.group());
        }
    }

    /**
     * Returns the node with the fewest clients of those that accept any; the present one if it is one of these.
     *
     * @param present where the connection is
     */
    String leastLoaded(JsonObject service, String present) {
        return leastLoaded(nodes(service), present);
    }

    private String leastLoaded(List<JsonObject> nodes, String present) {
        List<JsonObject> open = new ArrayList<>(nodes);
        open.removeIf(node -> !node.getBoolean("acceptingClients", false));
        int fewest = open.stream()
                .mapToInt(node -> node.getInteger("clientCount", 0))
                .min()
                .orElse(0);
        List<String> best = open.stream()
                .filter(node -> node.getInteger("clientCount", 0) == fewest)
                .map(node -> node.getString("url"))
                .toList();
        if (best.isEmpty() || best.contains(present)) {
            return present;
        }
        return best.get(random.nextInt(best.size()));
    }

    /** Returns whether the last connection that was closed named nodes to go to. */
    boolean areNamed() {
        return !named.isEmpty();
    }

    /**
     * Returns the node with the fewest clients if it has clearly fewer than the present one; but by chance also the present
     * one, so that all who ask at the same time and are told the same are spread as if each had known of the others.
     *
     * @param present where the connection is
     */
    String emptier(JsonObject service, String present) {
        List<JsonObject> all = nodes(service);
        int here = clients(all, present);
        String best = leastLoaded(all, present);
        int there = clients(all, best);
        boolean worthIt = there < CLEARLY_FEWER * here;
        return worthIt && random.nextInt(here) >= there ? best : present;
    }

    private static int clients(List<JsonObject> nodes, String url) {
        return nodes.stream()
                .filter(node -> node.getString("url").equals(url))
                .mapToInt(node -> node.getInteger("clientCount", 0))
                .findAny()
                .orElse(0);
    }

    /** Returns all nodes: those that the last close named, then the others by chance, the one that was left last. */
    List<String> toTry(String left) {
        List<String> others = new ArrayList<>(urls);
        Collections.shuffle(others, random);
        Set<String> all = new LinkedHashSet<>(named);
        all.addAll(others);
        List<String> order = new ArrayList<>(all);
        if (order.remove(left)) {
            order.add(left);
        }
        return order;
    }

    private static List<JsonObject> nodes(JsonObject service) {
        JsonObject status = service.getJsonObject("serviceStatus", new JsonObject());
        List<JsonObject> nodes = new ArrayList<>();
        if (status.getJsonArray("nodes") != null) {
            status.getJsonArray("nodes").forEach(node -> nodes.add((JsonObject) node));
        }
        return nodes;
    }
}
