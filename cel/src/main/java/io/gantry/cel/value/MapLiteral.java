package io.gantry.cel.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A map made by an expression. Its maker may fill it; nobody changes it afterwards.
public final class MapLiteral implements MapValue {
    private final Map<Object, Object> entries = new LinkedHashMap<>();
    private final Map<Object, Object> keys = new LinkedHashMap<>();

    /// @return false when the key is there already
    public boolean insert(Object key, Object value) {
        Object normal = MapValue.normal(key);
        if (entries.containsKey(normal)) {
            return false;
        }
        entries.put(normal, value);
        keys.put(normal, key);
        return true;
    }

    @Override
    public Optional<Object> find(Object key) {
        return Optional.ofNullable(entries.get(MapValue.normal(key)));
    }

    @Override
    public Collection<Object> keys() {
        return keys.values();
    }

    @Override
    public int size() {
        return entries.size();
    }
}
