package io.gantry.api.schema;

import io.gantry.api.schema.annotation.OneOf;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Which values components may have, where the API names all of them.
public final class ClosedSets {
    private ClosedSets() {}

    /// What the component itself says, or one of its annotations for it.
    public static Optional<OneOf> of(RecordComponent component) {
        return Stream.<AnnotatedElement>concat(
                        Stream.of(component),
                        Arrays.stream(component.getAnnotations()).map(Annotation::annotationType))
                .map(element -> element.getAnnotation(OneOf.class))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
