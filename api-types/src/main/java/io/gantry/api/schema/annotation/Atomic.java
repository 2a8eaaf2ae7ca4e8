package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A struct or map that server-side apply owns as a whole: one field, or every field of a type. A field may say that of
/// an atomic type it is merged all the same.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Atomic {
    /// False for a field that is owned part by part though its type is atomic.
    boolean value() default true;
}
