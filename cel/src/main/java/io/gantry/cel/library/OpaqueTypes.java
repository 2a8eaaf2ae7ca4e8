package io.gantry.cel.library;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.util.Optional;

/// Types whose values have functions but no fields.
final class OpaqueTypes {
    private OpaqueTypes() {}

    static CelType of(String name) {
        return StructType.create(name, ImmutableSet.of(), field -> Optional.empty());
    }
}
