package io.interactionprocessor.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their nodes. A cluster is started once for all classes that want it and stopped when all tests are over. */
public final class Clusters implements ParameterResolver {

    private static final AtomicInteger AGENTS = new AtomicInteger(1000);

    /** A cluster other than the three nodes that most tests share. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Own {
        /** The name under which it is shared and logs. */
        String value();

        /** How many nodes. */
        int nodes() default 1;

        /** Settings, {@code key=value}. */
        String[] settings() default {};

        /** The configuration file. */
        String config() default "conf/demo.yaml";
    }

    private record Held(Cluster cluster) implements AutoCloseable {
        @Override
        public void close() {
            cluster.close();
        }
    }

    /** An agent that no other test has. */
    public static String agent() {
        return String.valueOf(AGENTS.incrementAndGet());
    }

    /** As many agents that no other test has. */
    public static List<String> agents(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(n -> agent()).toList();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.create(Clusters.class));
        Held held = parameter
                .findAnnotation(Own.class)
                .map(own -> store.getOrComputeIfAbsent(
                        own.value(),
                        name -> new Held(
                                Cluster.start(own.value(), own.nodes(), Path.of(own.config()), own.settings())),
                        Held.class))
                .orElseGet(() ->
                        store.getOrComputeIfAbsent("shared", name -> new Held(Cluster.start("shared", 3)), Held.class));
        return held.cluster();
    }
}
