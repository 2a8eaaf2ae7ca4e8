package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How server-side apply merges a list (`x-kubernetes-list-type`, `x-kubernetes-list-map-keys`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ListType {
    /// Upstream's three list types.
    enum Kind {
        ATOMIC,
        SET,
        MAP
    }

    Kind value();

    /// The keys of a [Kind#MAP], in upstream's order.
    String[] keys() default {};
}
