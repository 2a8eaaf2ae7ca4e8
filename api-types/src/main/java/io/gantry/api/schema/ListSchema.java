package io.gantry.api.schema;

import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// A JSON array.
///
/// @param items the type of an element
/// @param type how server-side apply merges it
/// @param keys the keys of a [ListType.Kind#MAP], else empty
public record ListSchema(Schema items, ListType.Kind type, List<String> keys) implements Schema {
    public ListSchema {
        keys = List.copyOf(keys);
    }

    @Override
    public String goType() {
        return "[]" + items.goType();
    }

    @Override
    public boolean atomic() {
        return type == ListType.Kind.ATOMIC;
    }
}
