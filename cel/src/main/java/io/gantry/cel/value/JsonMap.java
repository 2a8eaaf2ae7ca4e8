package io.gantry.cel.value;

import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.FieldNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object, read as its type says when it is asked. Fields that the type does not declare are invisible.
final class JsonMap implements MapValue {
    private final ObjectNode node;
    private final DeclType type;

    JsonMap(ObjectNode node, DeclType type) {
        this.node = node;
        this.type = type;
    }

    @Override
    public Optional<Object> find(Object key) {
        if (!(key instanceof String name)) {
            return Optional.empty();
        }
        if (type.kind() == DeclType.Kind.OBJECT) {
            DeclType own = type.fields().get(name);
            DeclType field = own == null ? type.fields().get(FieldNames.ofWord(name)) : own;
            return field == null ? Optional.empty() : value(FieldNames.unescape(name), field);
        }
        return value(name, type.element().orElse(DeclType.DYN));
    }

    private Optional<Object> value(String name, DeclType valueType) {
        JsonNode value = node.get(name);
        return value == null ? Optional.empty() : Optional.of(JsonValues.of(value, valueType));
    }

    @Override
    public Collection<Object> keys() {
        List<Object> keys = new ArrayList<>(node.size());
        if (type.kind() == DeclType.Kind.OBJECT) {
            type.fields().keySet().stream()
                    .filter(field -> node.has(FieldNames.unescape(field)))
                    .forEach(keys::add);
        } else {
            keys.addAll(node.propertyNames());
        }
        return keys;
    }

    @Override
    public int size() {
        return type.kind() == DeclType.Kind.OBJECT ? keys().size() : node.size();
    }

    @Override
    public boolean isObject() {
        return type.kind() == DeclType.Kind.OBJECT;
    }

    @Override
    public String typeName() {
        return isObject() ? type.name() : "map";
    }

    ObjectNode node() {
        return node;
    }
}
