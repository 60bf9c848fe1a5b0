package io.interactionprocessor.blackbox;

import io.interactionprocessor.testkit.Clusters;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A class of tests that know the product only by its sockets. They mostly wait, so they run side by side. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(Clusters.class)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(100)
@interface BlackBox {}
