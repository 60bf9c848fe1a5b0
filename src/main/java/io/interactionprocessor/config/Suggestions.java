package io.interactionprocessor.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What to say about a key that does not exist: the one that was probably meant. */
final class Suggestions {
    private static final Pattern SECRET = Pattern.compile("(?i)(pass|pwd|secret|token|credential|hash|agents)");

    private Suggestions() {}

    /** Returns an unknown key's value as it may be shown: not at all if the key looks as if it held a secret. */
    static String shownUnknown(String key, Object value) {
        return SECRET.matcher(key).find() ? "***" : ConfigException.shown(value);
    }

    /**
     * Returns what to do about an unknown key.
     *
     * @param group the group in which it stands
     * @param prefix the path of that group, with the dot after it, or empty
     */
    static String forKey(Class<?> group, String prefix, String unknown) {
        Optional<String> sibling =
                closest(unknown, List.copyOf(Keys.of(group).keySet())).map(name -> prefix + name);
        return sibling.or(() -> elsewhere(unknown))
                .map(key -> "no such key; did you mean " + key + "?")
                .orElse("no such key; remove it, or take one that conf/node.yaml describes");
    }

    /** Returns what to do about a step of {@code --set} or of a variable that leads to no single value. */
    static String whatToSet(Class<?> group, String prefix, String step, boolean last) {
        Key key = Keys.of(group).get(step);
        if (key == null || !last) {
            return forKey(group, prefix, step);
        }
        return "it has settings of its own; set them one by one: "
                + String.join(
                        ", ",
                        Keys.flat(key.type()).keySet().stream()
                                .limit(3)
                                .map(below -> prefix + step + (key.shape() == Key.Shape.GROUPS ? "[0]." : ".") + below)
                                .toList())
                + ", ...";
    }

    /** Returns what to do about an unknown environment variable. */
    static String forVariable(String unknown) {
        List<String> all = Keys.flat(NodeConfig.class).keySet().stream()
                .map(path -> Layers.PREFIX
                        + path.replace("[]", ".0")
                                .replace('.', '_')
                                .replace('-', '_')
                                .toUpperCase(Locale.ROOT))
                .toList();
        return closest(unknown, all)
                .map(name -> "no such setting; did you mean " + name + "?")
                .orElse("no such setting; unset it: every variable " + Layers.PREFIX + "... is one");
    }

    /** A key that exists, but in another group. */
    private static Optional<String> elsewhere(String unknown) {
        for (Map.Entry<String, Key> entry : Keys.flat(NodeConfig.class).entrySet()) {
            if (plain(entry.getValue().name()).equals(plain(unknown))) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> closest(String unknown, List<String> known) {
        return known.stream()
                .filter(name -> distance(plain(unknown), plain(name)) <= Math.max(1, name.length() / 4))
                .min(Comparator.comparingInt(name -> distance(plain(unknown), plain(name))));
    }

    private static String plain(String key) {
        return key.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be changed, added, left out or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                cost[i][j] =
                        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
