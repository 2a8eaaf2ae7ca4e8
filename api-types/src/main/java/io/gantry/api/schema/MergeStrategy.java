package io.gantry.api.schema;

import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;

/// How a strategic merge patch treats a field.
///
/// @param merge lists are merged, not replaced
/// @param replace maps and structs are replaced, not merged
/// @param retainKeys the patch names the keys that stay (`$retainKeys`)
/// @param mergeKey by which list elements are matched, empty for lists of scalars
public record MergeStrategy(boolean merge, boolean replace, boolean retainKeys, String mergeKey) {
    /// Structs and maps merge, lists are replaced.
    public static final MergeStrategy NONE = new MergeStrategy(false, false, false, "");

    static MergeStrategy of(PatchStrategy annotation) {
        List<String> names = List.of(annotation.value().split(","));
        return new MergeStrategy(
                names.contains("merge"),
                names.contains("replace"),
                names.contains("retainKeys"),
                annotation.mergeKey());
    }
}
