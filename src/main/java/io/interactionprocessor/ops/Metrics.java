package io.interactionprocessor.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsFactory;

/** The node's figures. Everybody who counts something is given the {@link #registry()}. Safe for use by many threads. */
public final class Metrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Returns where figures are counted. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Returns what makes Vert.x count its own figures here, for {@code VertxBuilder.withMetrics}. */
    public VertxMetricsFactory vertx() {
        return new MicrometerMetricsFactory(registry);
    }

    /** Adds the process's own figures. Apart from the constructor, because it costs time that a starting node lacks. */
    public void addProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** Returns all figures in the Prometheus text format. */
    String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }
}
