package io.gantry.cel.type;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Tells CEL's checker the object types of an environment. Immutable.
@SuppressWarnings("Immutable")
public final class DeclTypes implements CelTypeProvider {
    private final Map<String, CelType> known = new LinkedHashMap<>();
    private final Function<String, Optional<CelType>> more;

    /// @param opaque types without fields, by name
    /// @param roots whose object types are all known
    /// @param more finds further object types by name
    public DeclTypes(Collection<CelType> opaque, Collection<DeclType> roots, Function<String, Optional<CelType>> more) {
        this.more = more;
        known.put(SimpleType.TIMESTAMP.name(), SimpleType.TIMESTAMP);
        known.put(SimpleType.DURATION.name(), SimpleType.DURATION);
        opaque.forEach(type -> known.put(type.name(), type));
        roots.forEach(this::add);
    }

    private void add(DeclType type) {
        if (type.kind() == DeclType.Kind.OBJECT) {
            known.put(type.name(), struct(type));
            type.fields().values().forEach(this::add);
        }
        type.element().ifPresent(this::add);
    }

    /// An object type with its fields.
    public static StructType struct(DeclType type) {
        Map<String, DeclType> spelled = new LinkedHashMap<>();
        type.fields().forEach((name, field) -> {
            String plain = FieldNames.unescape(name);
            if (FieldNames.ofWord(plain).equals(name)) {
                spelled.put(plain, field);
            }
        });
        spelled.putAll(type.fields());
        return StructType.create(
                type.name(),
                ImmutableSet.copyOf(spelled.keySet()),
                field -> Optional.ofNullable(spelled.get(field)).map(DeclType::celType));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(known.values());
    }

    @Override
    public Optional<CelType> findType(String typeName) {
        return Optional.ofNullable(known.get(typeName)).or(() -> more.apply(typeName));
    }
}
