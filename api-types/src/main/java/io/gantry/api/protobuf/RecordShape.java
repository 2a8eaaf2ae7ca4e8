package io.gantry.api.protobuf;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.schema.annotation.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The JSON side of a message: names and element types of a record's components, found by their protobuf names, which
/// differ in case and punctuation only (`uID` is `uid`, `xKubernetesListType` is `x-kubernetes-list-type`).
final class RecordShape {
    /// One component.
    ///
    /// @param jsonName as on the wire
    /// @param required whether upstream writes it also when it is zero
    /// @param element the type of the value, or of one element of a list or map
    record Component(String jsonName, boolean required, Type element) {}

    private final Map<String, Component> components = new HashMap<>();

    RecordShape(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            boolean required = component.isAnnotationPresent(Required.class);
            components.put(plain(name), new Component(name, required, element(component.getGenericType())));
        }
    }

    Optional<Component> find(String protoName) {
        return Optional.ofNullable(components.get(plain(protoName)));
    }

    private static Type element(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments[arguments.length - 1];
        }
        return type;
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
