package io.interactionprocessor.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a setting is when nobody says otherwise, written as in {@code --set}: lists with commas, durations and sizes with
 * their unit. A setting without it must be given, unless it is optional, a list or a group of settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** Returns the default. */
    String value();
}
