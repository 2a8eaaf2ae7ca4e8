package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A struct of whose fields one is set, for clients (`x-kubernetes-unions`); the kind's rules check it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Union {
    /// The field that says which one; empty where none does.
    String discriminator() default "";

    /// The fields, of which the discriminator's values are the names with a capital letter.
    String[] fields();
}
