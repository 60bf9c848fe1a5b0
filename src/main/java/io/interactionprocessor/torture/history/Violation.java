package io.interactionprocessor.torture.history;

/**
 * A promise was not kept.
 *
 * @param at when it showed, microseconds since 1970-01-01 UTC
 * @param who the client, agent or call
 * @param what for people
 */
public record Violation(long at, String who, String what) {}
