package io.gantry.api.schema.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A list that Go writes as `null` where nothing is in it: upstream's field has no `omitempty`, and what
/// comes from its store has no empty lists. Or a time that Go writes as `null` where it is not set:
/// upstream's field is no pointer.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NullWhenEmpty {}
