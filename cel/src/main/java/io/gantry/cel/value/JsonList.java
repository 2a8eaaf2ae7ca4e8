package io.gantry.cel.value;

import io.gantry.cel.type.DeclType;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/// A JSON array, read as its type says when it is asked. Knows whether it is a set or a map, which compare and
/// concatenate as such.
final class JsonList extends AbstractList<Object> implements TypedList {
    private final ArrayNode node;
    private final DeclType type;
    private final DeclType element;
    private final @Nullable Object[] read;

    JsonList(ArrayNode node, DeclType type) {
        this.node = node;
        this.type = type;
        this.element = type.element().orElse(DeclType.DYN);
        this.read = new Object[node.size()];
    }

    @Override
    public Object get(int index) {
        Object value = read[index];
        if (value == null) {
            value = JsonValues.of(node.get(index), element);
            read[index] = value;
        }
        return value;
    }

    @Override
    public int size() {
        return read.length;
    }

    @Override
    public DeclType.ListKind listKind() {
        return type.listKind();
    }

    @Override
    public List<String> mapKeys() {
        return type.mapKeys();
    }
}
