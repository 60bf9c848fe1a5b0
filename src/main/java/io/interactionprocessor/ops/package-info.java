/** The management port: health for probes, metrics for Prometheus, drain for rolling restarts. */
package io.interactionprocessor.ops;
