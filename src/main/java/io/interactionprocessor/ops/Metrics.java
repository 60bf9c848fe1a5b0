package io.interactionprocessor.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.Set;

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

    /**
     * Returns what Vert.x is to count: pools and deployments. Its counters of single messages and bytes are looked up by
     * name each time, and took a twentieth of all that a command costs; {@code ip_} figures tell the same of clients.
     */
    public static MetricsOptions vertxOptions() {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
        Set.of(
                        MetricsDomain.EVENT_BUS,
                        MetricsDomain.HTTP_SERVER,
                        MetricsDomain.HTTP_CLIENT,
                        MetricsDomain.NET_SERVER,
                        MetricsDomain.NET_CLIENT)
                .forEach(options::addDisabledMetricsCategory);
        return options;
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
