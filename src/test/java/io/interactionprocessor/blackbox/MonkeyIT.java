package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Commands;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agents on all nodes who do what they may, at random but from a seed. A client "enables its buttons from `actions` and needs no
 * rules of its own": so what is allowed must succeed when nothing else happened meanwhile, and the mirror must equal the snapshot.
 */
@BlackBox
class MonkeyIT {

    private static final int AGENTS = 5;
    private static final int STEPS = 90;

    /** Readiness would bring other tests' callers; the session's own requests would end it. */
    private static final Set<String> LEFT_OUT =
            Set.of("session.start", "session.logout", "session.snapshot", "channel.ready", "channelgroup.ready");

    private static final Pattern AROUND =
            Pattern.compile("channelgroup\\.|channel\\.(notready|deactivate|cancelpending)");

    private final Cluster cluster;

    MonkeyIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsAllowedSucceedsAndTheEventsTellEverything(long seed) {
        Random random = new Random(seed);
        List<Desktop> desktops = new ArrayList<>();
        for (String agent : Clusters.agents(AGENTS)) {
            desktops.add(Desktop.active(cluster.node(desktops.size() % 3), agent));
        }
        List<String> done = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int at = random.nextInt(AGENTS);
            if (random.nextInt(25) == 0) {
                int node = random.nextInt(3);
                done.add(at + " moves to " + node);
                desktops.get(at).wire().cut();
                desktops.set(at, desktops.get(at).resumeOn(cluster.node(node)));
            } else {
                act(desktops, at, random, done);
            }
            if (step % 10 == 9) {
                quiet(desktops);
                for (Desktop each : desktops) {
                    check(each, done);
                }
            }
        }
        end(desktops);
        for (Desktop each : desktops) {
            check(each, done);
            each.close();
        }
    }

    private static void act(List<Desktop> desktops, int at, Random random, List<String> done) {
        quiet(desktops);
        Desktop desktop = desktops.get(at);
        TreeMap<String, String> possible = new TreeMap<>();
        Mirror mirror = desktop.mirror();
        mirror.items().values().stream()
                .filter(item -> item.actions() != null)
                .forEach(item -> item.actions().stream()
                        .filter(action -> !LEFT_OUT.contains(action))
                        .forEach(action -> possible.put(action + " " + item.target(), action)));
        if (possible.isEmpty()) {
            return;
        }
        // Mostly calls: readiness and activation in one case of eight.
        if (random.nextInt(8) != 0) {
            Set<String> rest = Set.copyOf(possible.keySet());
            possible.keySet().removeIf(each -> AROUND.matcher(each).lookingAt());
            if (possible.isEmpty()) {
                rest.forEach(each -> possible.put(each, each.substring(0, each.indexOf(' '))));
            }
        }
        String chosen = List.copyOf(possible.keySet()).get(random.nextInt(possible.size()));
        String command = possible.get(chosen);
        String target = chosen.substring(chosen.indexOf(' ') + 1);
        JsonObject data = data(command, target, desktops, mirror, random);
        JsonObject response = desktop.request(command, target, data);
        done.add(at + " " + command + " " + target.substring(target.indexOf('.') + 1) + " " + data + " -> "
                + (response.containsKey("failure")
                        ? response.getJsonObject("failure").getString("code")
                        : response.getString("result")));
        if ("failure".equals(response.getString("result"))) {
            explained(desktop, command, target, response, done);
        }
    }

    /** A refusal of what was allowed must come from a change that the client has been told of by now, or from its destination. */
    private static void explained(
            Desktop desktop, String command, String target, JsonObject response, List<String> done) {
        String code = response.getJsonObject("failure").getString("code");
        if (response.encode().contains("destination") || code.equals("invalidDestination")) {
            return;
        }
        desktop.settle();
        Mirror.Item now = desktop.mirror().items().get(target);
        assertThat(now == null || !now.may(command))
                .as("%s was allowed, still is, and got %s\n%s", command, response, recent(done))
                .isTrue();
    }

    private static JsonObject data(
            String command, String target, List<Desktop> desktops, Mirror mirror, Random random) {
        return switch (command) {
            case "channel.dial", "interaction.consult", "conversation.transfer", "conversation.conference" ->
                new JsonObject().put("destination", destination(desktops, random));
            case "conversation.dropmember" -> {
                String own = mirror.channel().text("endpoint");
                List<JsonObject> members = mirror.items().get(target).members().stream()
                        .filter(member -> !member.getString("address").equals(own))
                        .toList();
                yield new JsonObject()
                        .put(
                                "member",
                                members.get(random.nextInt(members.size())).getString("id"));
            }
            case "interaction.setdata" ->
                new JsonObject()
                        .put("set", new JsonObject().put("k" + random.nextInt(3), random.nextInt(9)))
                        .put("remove", new JsonArray().add("k" + (3 + random.nextInt(3))));
            default -> Commands.dataFor(command);
        };
    }

    private static String destination(List<Desktop> desktops, Random random) {
        int choice = random.nextInt(10);
        return switch (choice) {
            case 0 -> "5550101";
            case 1 -> "5550201";
            case 2 -> "5550401";
            case 3 -> "5550501";
            default -> desktops.get(random.nextInt(AGENTS)).agent();
        };
    }

    private static void quiet(List<Desktop> desktops) {
        desktops.forEach(Desktop::settle);
    }

    private static void check(Desktop desktop, List<String> done) {
        try {
            desktop.check();
        } catch (AssertionError wrong) {
            throw new AssertionError(wrong.getMessage() + "\nafter:\n" + recent(done), wrong);
        }
    }

    private static String recent(List<String> done) {
        return String.join("\n", done.subList(Math.max(0, done.size() - 25), done.size()));
    }

    /** Everybody hangs up, until nobody has anything left. */
    private static void end(List<Desktop> desktops) {
        for (int round = 0; round < 8; round++) {
            for (Desktop desktop : desktops) {
                desktop.settle();
                for (Mirror.Item item : desktop.mirror().items().values()) {
                    String target = item.target();
                    if (item.may("conversation.release")) {
                        desktop.request("conversation.release", target, new JsonObject());
                    } else if (item.may("interaction.reject")) {
                        desktop.request("interaction.reject", target, new JsonObject());
                    }
                }
            }
        }
        for (Desktop desktop : desktops) {
            desktop.untilIdle();
            desktop.settle();
        }
    }
}
