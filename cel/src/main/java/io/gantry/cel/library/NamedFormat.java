package io.gantry.cel.library;

import io.gantry.cel.value.Opaque;
import java.util.List;
import java.util.function.Function;

/// A format that texts can be checked against.
///
/// @param check gives what is wrong with a text
/// @param maxRegexSize the size of the pattern, for costs
public record NamedFormat(String name, Function<String, List<Object>> check, int maxRegexSize) implements Opaque {
    static final String TYPE = "kubernetes.NamedFormat";

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedFormat format && format.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
