package io.interactionprocessor.auth;

import io.interactionprocessor.model.Secret;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Password hashes as they stand in the configuration, by the library's strategy: PBKDF2 with HMAC-SHA-512, a salt of 128
 * random bits and {@value #ITERATIONS} rounds, about a fifth of a second of one processor. The text names algorithm, rounds
 * and salt, so that hashes of other strengths remain readable. Each method blocks for that long: not for an event loop.
 */
public final class PasswordHash {
    /** How often the function is applied: what OWASP recommends for PBKDF2 with HMAC-SHA-512. */
    public static final int ITERATIONS = 210_000;

    private static final String ALGORITHM = "pbkdf2";
    private static final String ROUNDS = "it";
    private static final int SALT_BYTES = 16;
    private static final int FEWEST_ROUNDS = 10_000;

    private static final Pattern FORM =
            Pattern.compile("\\$pbkdf2\\$it=([1-9][0-9]{0,8})\\$[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+");

    private final HashingStrategy strategy;
    private final SecureRandom random;

    /** Uses the library's strategy. */
    public PasswordHash() {
        this(HashingStrategy.load(), new SecureRandom());
    }

    PasswordHash(HashingStrategy strategy, SecureRandom random) {
        this.strategy = strategy;
        this.random = random;
    }

    /** Returns the text for the configuration. */
    public String hash(Secret password) {
        return hash(password, ITERATIONS);
    }

    String hash(Secret password, int rounds) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String text = Base64.getEncoder().withoutPadding().encodeToString(salt);
        return strategy.hash(ALGORITHM, Map.of(ROUNDS, Integer.toString(rounds)), text, password.reveal());
    }

    /** Returns whether a password is the one that was hashed. */
    boolean matches(String hash, Secret password) {
        return strategy.verify(hash, password.reveal());
    }

    /**
     * Returns how many rounds a hash takes.
     *
     * @throws IllegalArgumentException if it is not a hash of ours, or one that is guessed too easily; the message does not
     *     quote it
     */
    static int roundsOf(String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not a password hash; make one with hash-password");
        }
        int rounds = Integer.parseInt(parts.group(1));
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("is a password hash of fewer than " + FEWEST_ROUNDS
                    + " rounds; make a stronger one with hash-password");
        }
        return rounds;
    }
}
