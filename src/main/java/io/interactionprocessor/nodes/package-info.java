/** Nodes in JVMs of their own on this machine, as the demonstration and the torture harness start them. */
package io.interactionprocessor.nodes;
