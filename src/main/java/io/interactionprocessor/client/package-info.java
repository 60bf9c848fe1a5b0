/**
 * The reference client: what the protocol asks of a client, in one small class. Robots, tests and load generators use it,
 * and clients in other languages can be modelled on it.
 */
package io.interactionprocessor.client;
