package io.interactionprocessor.config;

import java.time.Duration;

/**
 * How long things may take (protocol 1, 2, 4, 6).
 *
 * @param ping between two pings to a client
 * @param silence after which a silent connection is dropped
 * @param handshake until a new connection has become a WebSocket
 * @param command until a request is answered, with {@code timeout} if need be
 * @param unboundSession until a session that nobody binds is destroyed
 * @param detachedNotReady until a detached session's channels go not ready
 * @param detachedSession until a detached session ends, unless a call is up
 * @param handover how long a node that takes a session over waits for the one that had it
 * @param standIn how long the stand-in of a {@code confirm} can be used
 * @param drain how long a node that stops waits for its clients to leave; what comes after it takes up to 3.5 s, and service
 *     managers kill after 10
 */
public record Timeouts(
        @Default("15s") @Bounds(min = 10, max = 3_600_000) Duration ping,
        @Default("45s") @Bounds(min = 20, max = 3_600_000) Duration silence,
        @Default("10s") @Bounds(min = 10, max = 3_600_000) Duration handshake,
        @Default("10s") @Bounds(min = 10, max = 600_000) Duration command,
        @Default("30s") @Bounds(min = 10, max = 3_600_000) Duration unboundSession,
        @Default("5s") @Bounds(max = 3_600_000) Duration detachedNotReady,
        @Default("60s") @Bounds(max = 86_400_000) Duration detachedSession,
        @Default("1s") @Bounds(min = 10, max = 60_000) Duration handover,
        @Default("60s") @Bounds(min = 10, max = 3_600_000) Duration standIn,
        @Default("5s") @Bounds(min = 1, max = 6_000) Duration drain) {}
