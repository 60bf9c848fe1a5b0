package io.interactionprocessor;

import io.interactionprocessor.gateway.GatewayFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Shows what the edge counts on {@code /metrics}. */
final class EdgeMetrics {
    private EdgeMetrics() {}

    static void bind(MeterRegistry metrics, GatewayFigures figures) {
        Gauge.builder("ip.connections", figures, GatewayFigures::connections)
                .description("client connections that are open now")
                .register(metrics);
        counter(metrics, figures, "ip.connections.accepted", GatewayFigures::accepted);
        counter(metrics, figures, "ip.connections.refused", GatewayFigures::refused);
        counter(metrics, figures, "ip.connections.overloaded", GatewayFigures::overloaded);
        counter(metrics, figures, "ip.requests", GatewayFigures::requests);
        counter(metrics, figures, "ip.requests.not.understood", GatewayFigures::notUnderstood);
        counter(metrics, figures, "ip.requests.rate.limited", GatewayFigures::rateLimited);
        counter(metrics, figures, "ip.requests.timeouts", GatewayFigures::timeouts);
        counter(metrics, figures, "ip.requests.late.answers", GatewayFigures::lateAnswers);
        counter(metrics, figures, "ip.requests.internal.errors", GatewayFigures::internalErrors);
    }

    private static void counter(
            MeterRegistry metrics, GatewayFigures figures, String name, ToDoubleFunction<GatewayFigures> count) {
        FunctionCounter.builder(name, figures, count).register(metrics);
    }
}
