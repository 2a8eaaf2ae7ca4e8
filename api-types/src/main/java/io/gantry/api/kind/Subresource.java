package io.gantry.api.kind;

import java.util.Locale;

/// The subresources that built-in kinds have.
public enum Subresource {
    STATUS,
    SCALE,
    FINALIZE,
    EVICTION,
    BINDING,
    LOG,
    EXEC,
    ATTACH,
    PORTFORWARD,
    PROXY,
    EPHEMERALCONTAINERS,
    RESIZE,
    TOKEN,
    APPROVAL;

    /// The name in URLs.
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
