package io.gantry.apiserver.registry;

import io.gantry.api.kind.Kind;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The schema of a built-in kind, derived when it is first asked for and looked up no more. Thread-safe.
final class KindSchema implements Supplier<ResourceSchema> {
    private final Kind<?> kind;
    private volatile @Nullable ResourceSchema schema;

    KindSchema(Kind<?> kind) {
        this.kind = kind;
    }

    @Override
    public ResourceSchema get() {
        ResourceSchema known = schema;
        if (known == null) {
            known = Schemas.of(kind);
            schema = known;
        }
        return known;
    }
}
