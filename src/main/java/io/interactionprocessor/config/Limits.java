package io.interactionprocessor.config;

import java.time.Duration;

/**
 * How much a client may ask for (protocol 1, 2, 6), and what a session keeps for it.
 *
 * @param connections how many clients at once on this node; one more is refused before its handshake ends
 * @param messageSize the longest message; a longer one closes with 1009
 * @param jsonDepth how deep a message's objects and lists may be nested
 * @param malformedMessages how many malformed messages within {@code malformedWindow} are borne; one more closes with 1008
 * @param malformedWindow see {@code malformedMessages}
 * @param requestsPerSecond how many requests a connection may send in the long run
 * @param requestBurst how many it may send at once
 * @param outstandingRequests how many of its requests may be unanswered
 * @param outboundQueue how many bytes may wait for a client that reads slowly; more close with 1013
 * @param storedAnswers how many answers a session keeps for requests sent again
 * @param replayWindow how many events a session keeps for a client that resumes
 * @param failedLoginsPerAgent how many failed logins a minute one agent may have
 * @param failedLoginsPerAddress how many failed logins a minute one client address may have
 */
public record Limits(
        @Default("50000") @Bounds(min = 1, max = 10_000_000) int connections,

        @Default("64KiB") @Bounds(min = 1024, max = 16 << 20)
        Size messageSize,

        @Default("32") @Bounds(min = 8, max = 1000) int jsonDepth,
        @Default("20") @Bounds(min = 1, max = 1_000_000) int malformedMessages,
        @Default("10s") @Bounds(min = 1, max = 3_600_000) Duration malformedWindow,
        @Default("1000") @Bounds(min = 1, max = 1_000_000) int requestsPerSecond,
        @Default("2000") @Bounds(min = 1, max = 1_000_000) int requestBurst,
        @Default("128") @Bounds(min = 1, max = 100_000) int outstandingRequests,

        @Default("512KiB") @Bounds(min = 65536, max = 1 << 30)
        Size outboundQueue,

        @Default("256") @Bounds(min = 1, max = 100_000) int storedAnswers,
        @Default("1000") @Bounds(min = 1, max = 1_000_000) int replayWindow,
        @Default("5") @Bounds(min = 1, max = 1_000_000) int failedLoginsPerAgent,
        @Default("100") @Bounds(min = 1, max = 1_000_000) int failedLoginsPerAddress) {}
