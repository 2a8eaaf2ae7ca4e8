package io.gantry.apicodec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/// A component of a record.
///
/// @param accessor the component's name in Java
/// @param name the field's name in JSON
record Property(String accessor, String name, ValueType type) {
    private static final String JSON_PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";
    private static final String FORMAT = "io.gantry.api.schema.annotation.Format";

    /// The components in their order.
    static List<Property> of(TypeElement type) {
        List<Property> all = new ArrayList<>();
        for (RecordComponentElement component : type.getRecordComponents()) {
            String accessor = component.getSimpleName().toString();
            ValueType value = isMicroTime(component) ? ValueType.MICRO_TIME : ValueType.of(component.asType());
            all.add(new Property(accessor, jsonName(type, accessor), value));
        }
        return all;
    }

    private static boolean isMicroTime(RecordComponentElement component) {
        return component.getAnnotationMirrors().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(FORMAT))
                .anyMatch(annotation -> value(annotation).equals("micro-time"));
    }

    /// The name that an annotation gives, which the compiler moves from the component to its field.
    private static String jsonName(TypeElement type, String accessor) {
        for (Element member : type.getEnclosedElements()) {
            if (member.getKind() == ElementKind.FIELD && member.getSimpleName().contentEquals(accessor)) {
                for (AnnotationMirror annotation : member.getAnnotationMirrors()) {
                    if (annotation.getAnnotationType().toString().equals(JSON_PROPERTY)) {
                        return value(annotation);
                    }
                }
            }
        }
        return accessor;
    }

    private static String value(AnnotationMirror annotation) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals("value")) {
                return entry.getValue().getValue().toString();
            }
        }
        throw new IllegalArgumentException(annotation + " without a value");
    }
}
