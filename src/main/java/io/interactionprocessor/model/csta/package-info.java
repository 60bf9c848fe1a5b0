/**
 * The words in which the session core and the switches speak with each other: CSTA's (ECMA-269) services and states,
 * from one agent's point of view.
 *
 * <p>Switches report <em>levels</em>, not edges: every {@link io.interactionprocessor.model.csta.AgentEvent} carries the
 * agent's whole present {@link io.interactionprocessor.model.csta.AgentView}. The session compares it with the objects it
 * has shown to its client and emits the difference. So initialization, ordinary events, take-over and resync after a lost
 * link are one mechanism, and whatever was missed in between, the session converges on the switch's truth.
 */
package io.interactionprocessor.model.csta;
