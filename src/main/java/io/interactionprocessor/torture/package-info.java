/**
 * The torture harness: starts a cluster, or is given one, loads it, hurts it, and checks what clients and the switch have seen
 * against what the service promises.
 */
package io.interactionprocessor.torture;
