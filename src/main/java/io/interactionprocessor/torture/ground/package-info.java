/** What the nodes under test stand on: processes, networks, and the faults that these can be given. */
package io.interactionprocessor.torture.ground;
