package io.interactionprocessor;

import io.interactionprocessor.protocol.ErrorContext;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.session.Ports;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators are told of sessions: in the log what they should know of, in metrics what they should watch. */
final class OperatorAudit {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorAudit.class);

    private final MeterRegistry metrics;
    private final boolean exposeStackTraces;

    OperatorAudit(MeterRegistry metrics, boolean exposeStackTraces) {
        this.metrics = metrics;
        this.exposeStackTraces = exposeStackTraces;
    }

    /** Returns the audit of one instance-domain; used on its session verticle's context. */
    Ports.Audit of(String domain) {
        return new OfDomain(domain, exposeStackTraces, metrics);
    }

    private static final class OfDomain implements Ports.Audit {
        private final String domain;
        private final boolean exposeStackTraces;
        private final Map<Happening, Counter> counters = new EnumMap<>(Happening.class);
        private volatile int sessions;
        private volatile Ports.Discrepancies found = Ports.Discrepancies.NONE;

        OfDomain(String domain, boolean exposeStackTraces, MeterRegistry metrics) {
            this.domain = domain;
            this.exposeStackTraces = exposeStackTraces;
            for (Happening happening : Happening.values()) {
                counters.put(
                        happening,
                        Counter.builder("ip.sessions."
                                        + happening
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '.'))
                                .tag("domain", domain)
                                .register(metrics));
            }
            Gauge.builder("ip.sessions", () -> sessions)
                    .description("sessions that this node owns, at the last comparison")
                    .tag("domain", domain)
                    .register(metrics);
            gauge(metrics, "only-in-directory", Ports.Discrepancies::onlyInDirectory);
            gauge(metrics, "only-here", Ports.Discrepancies::onlyHere);
            gauge(metrics, "without-connection", Ports.Discrepancies::withoutConnection);
        }

        private void gauge(MeterRegistry metrics, String kind, ToIntFunction<Ports.Discrepancies> count) {
            Gauge.builder("ip.sessions.discrepancies", () -> count.applyAsInt(found))
                    .description("what directory, sessions and connections do not agree on; goes back to 0 by itself")
                    .tag("domain", domain)
                    .tag("kind", kind)
                    .register(metrics);
        }

        @Override
        public void happened(Happening what) {
            counters.get(what).increment();
        }

        @Override
        public void compared(int count, Ports.Discrepancies now) {
            sessions = count;
            if (now.count() > 0) {
                LOG.info("{}: directory, sessions and connections differed, and are put right: {}", domain, now);
            }
            found = now;
        }

        @Override
        public String internalError(String errorId, Throwable fault) {
            LOG.error("{}: a request failed, error id {}: {}", domain, errorId, ErrorContext.stackOf(fault));
            return ErrorContext.of(errorId, fault, exposeStackTraces);
        }

        @Override
        public void loginRefused(
                String errorId, FailureCode code, String processor, Optional<String> agent, String remote) {
            String who = agent.map(id -> "agent " + id).orElse("an unknown agent");
            LOG.info("{}: login of {} from {} refused: {}, error id {}", processor, who, remote, code, errorId);
        }
    }
}
