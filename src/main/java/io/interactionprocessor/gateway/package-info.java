/**
 * The edge: the WebSocket server, one verticle for each client connection, limits, bindings, the catalogue of services. It
 * knows frames, back-pressure and which resource a connection has bound; it knows no telephony.
 *
 * <p>What thinks is in plain classes with the time as an argument ({@link io.interactionprocessor.gateway.Dialogue} and what
 * it is made of); {@link io.interactionprocessor.gateway.GatewayVerticle} and
 * {@link io.interactionprocessor.gateway.ConnectionVerticle} carry. {@link io.interactionprocessor.gateway.Gateway} is what
 * a node starts.
 */
package io.interactionprocessor.gateway;
