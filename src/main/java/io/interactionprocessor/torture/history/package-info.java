/**
 * What clients and the switch have seen, and whether it is what the service promises. Nothing here does I/O or asks for the
 * time, so that a test can hand any check a good history and a bad one.
 */
package io.interactionprocessor.torture.history;
