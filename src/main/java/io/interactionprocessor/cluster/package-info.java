/**
 * All that knows Hazelcast or event-bus addresses: the node in its cluster, membership and quorum, the session directory
 * and store, link leases, the grid behind the simulated switch, message codecs, the merge policy.
 */
package io.interactionprocessor.cluster;
