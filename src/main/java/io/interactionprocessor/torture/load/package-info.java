/** The load: agents that work while faults happen, and write down everything they see. One event loop carries all of it. */
package io.interactionprocessor.torture.load;
