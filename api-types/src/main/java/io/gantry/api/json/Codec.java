package io.gantry.api.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/// Reads and writes values of one type. Stateless.
public abstract class Codec<T> {
    private final Class<?> type;

    Codec(Class<?> type) {
        this.type = type;
    }

    /// The type without its parameters.
    public final Class<?> type() {
        return type;
    }

    /// The type with its parameters, as databind calls it.
    JavaType type(TypeFactory types) {
        return types.constructType(type);
    }

    /// Whether equal values that are read for a cache become one.
    abstract boolean isShared();

    /// The value at the parser's current token, which is its last one afterwards; null for a JSON null.
    ///
    /// @throws tools.jackson.core.JacksonException as databind does, with the path to what was wrong
    public abstract @Nullable T read(JsonParser p, Reading r);

    /// Writes a value that is not null.
    public abstract void write(T value, Writing w);
}
