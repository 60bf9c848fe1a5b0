package io.interactionprocessor.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a setting may be at least and at most: numbers as they are, durations in milliseconds, sizes in bytes. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Bounds {
    /** Returns the lowest value allowed. */
    long min() default 0;

    /** Returns the highest value allowed. */
    long max() default Long.MAX_VALUE;
}
