package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How a strategic merge patch treats a field (`x-kubernetes-patch-strategy`, `x-kubernetes-patch-merge-key`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface PatchStrategy {
    /// `merge`, `replace`, `retainKeys`, or two of them with a comma.
    String value();

    /// The key by which list elements are matched; empty for lists of scalars and for structs.
    String mergeKey() default "";
}
