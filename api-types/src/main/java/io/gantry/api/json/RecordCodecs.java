package io.gantry.api.json;

import org.jspecify.annotations.Nullable;

/// Finds the codec of a record by its name: nothing is listed, scanned or loaded that is not used.
public final class RecordCodecs {
    private static final String PACKAGES = "io.gantry.api.";

    private RecordCodecs() {}

    /// The codec that was generated for a type; null when there is none.
    @SuppressWarnings("unchecked")
    public static <T> @Nullable RecordCodec<T> find(Class<T> type) {
        if (!type.isRecord() || type.isMemberClass() || !type.getName().startsWith(PACKAGES)) {
            return null;
        }
        Class<?> codec;
        try {
            codec = Class.forName(type.getName() + "Codec", true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
        try {
            return (RecordCodec<T>) codec.getField("CODEC").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(codec + " was not generated", e);
        }
    }
}
