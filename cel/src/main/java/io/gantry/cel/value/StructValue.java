package io.gantry.cel.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object made by an expression, such as `Object{}` or `JSONPatch{}`.
///
/// @param fields by their names in JSON
public record StructValue(String typeName, Map<String, Object> fields) implements MapValue {
    public StructValue {
        fields = new LinkedHashMap<>(fields);
    }

    @Override
    public Optional<Object> find(Object key) {
        return key instanceof String name ? Optional.ofNullable(fields.get(name)) : Optional.empty();
    }

    @Override
    public Collection<Object> keys() {
        List<Object> keys = new ArrayList<>(fields.keySet());
        return keys;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public boolean isObject() {
        return true;
    }
}
