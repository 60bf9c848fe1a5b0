/**
 * The connector to Asterisk 16 and later: calls by ARI, queues' members and answering a ringing phone by AMI.
 *
 * <p>The thinking is in plain classes: {@code Board} and what works on it ({@code Connections}, {@code Commands},
 * {@code Distribution}) say what every call should be; {@code Wiring} compares that with what Asterisk's channels and
 * bridges are and names the requests that make them so. So hold, consultation, transfer and the repair after another
 * node's death are one mechanism. What the channels cannot tell (who is held, attached data) is kept on them as a
 * variable, so that any node can go on from Asterisk alone.
 */
package io.interactionprocessor.cti.asterisk;
