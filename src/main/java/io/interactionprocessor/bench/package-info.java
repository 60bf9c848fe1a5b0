/** Measures what the service costs over the bare platform; see {@code docs/performance.md}. */
package io.interactionprocessor.bench;
