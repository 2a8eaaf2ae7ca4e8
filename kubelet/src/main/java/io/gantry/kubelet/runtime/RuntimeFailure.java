package io.gantry.kubelet.runtime;

import org.jspecify.annotations.Nullable;

/// A call to the runtime failed. The message is what pods' events show.
public final class RuntimeFailure extends RuntimeException {
    /// Which kind of failure.
    public enum Code {
        NOT_FOUND,
        TIMEOUT,
        UNIMPLEMENTED,
        UNAVAILABLE,
        CANCELLED,
        OTHER
    }

    private final Code code;

    public RuntimeFailure(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
