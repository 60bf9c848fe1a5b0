/**
 * Call control: what a switch must offer ({@link io.interactionprocessor.cti.Connector}), the verticle that holds a link
 * to one for the whole cluster ({@link io.interactionprocessor.cti.CtiVerticle}), and the way to it from every node
 * ({@link io.interactionprocessor.cti.LinkClient}).
 */
package io.interactionprocessor.cti;
