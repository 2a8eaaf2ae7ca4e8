package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Whether upstream's Go type writes the field though it is empty, where that does not follow from [Required]: a struct
/// or a scalar that is written always, or (`false`) a scalar that is a pointer or left out when empty though it must be
/// said. OpenAPI of version 3 tells the empty value of what is written always.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Written {
    boolean value() default true;
}
