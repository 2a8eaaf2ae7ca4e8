package io.gantry.api.json;

import tools.jackson.core.JacksonException;

/// What is generated for each record of the API extends this.
public abstract class RecordCodec<T> extends Codec<T> {
    private final boolean shared;

    /// @param shared whether objects of a cache hold one instance of what is equal
    protected RecordCodec(Class<T> type, boolean shared) {
        super(type);
        this.shared = shared;
    }

    @Override
    final boolean isShared() {
        return shared;
    }

    /// Whether two values are the same, when what they hold is shared already. Only for types that are shared.
    public boolean isSame(T a, T b) {
        return a.equals(b);
    }

    /// The failure, which now tells that it was within a field.
    protected final JacksonException at(JacksonException failure, String field) {
        return failure.prependPath(type(), field);
    }
}
