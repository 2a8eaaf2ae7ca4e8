package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The closed set of values: on a component, or on an annotation that stands for it on components that share one.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface OneOf {
    String[] value();

    /// Whether the rules of the kind say in words of their own that a value is none of them, and the schema does not.
    boolean byRules() default false;
}
