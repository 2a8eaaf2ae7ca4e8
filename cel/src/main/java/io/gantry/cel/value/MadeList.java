package io.gantry.cel.value;

import io.gantry.cel.type.DeclType;
import java.util.AbstractList;
import java.util.List;

/// A list that was made of others and keeps their kind.
final class MadeList extends AbstractList<Object> implements TypedList {
    private final List<Object> elements;
    private final DeclType.ListKind kind;
    private final List<String> keys;

    MadeList(List<Object> elements, DeclType.ListKind kind, List<String> keys) {
        this.elements = elements;
        this.kind = kind;
        this.keys = keys;
    }

    @Override
    public Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public DeclType.ListKind listKind() {
        return kind;
    }

    @Override
    public List<String> mapKeys() {
        return keys;
    }
}
