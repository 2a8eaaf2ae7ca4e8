package io.gantry.apiserver.audit;

/// How much of a request is logged. Each level holds the ones before.
public enum AuditLevel {
    NONE("None"),
    METADATA("Metadata"),
    REQUEST("Request"),
    REQUEST_RESPONSE("RequestResponse");

    private final String text;

    AuditLevel(String text) {
        this.text = text;
    }

    /// As in policies and events.
    String text() {
        return text;
    }

    boolean atLeast(AuditLevel other) {
        return compareTo(other) >= 0;
    }

    /// @throws IllegalArgumentException for another text
    static AuditLevel parse(String text) {
        for (AuditLevel level : values()) {
            if (level.text.equals(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException("unknown audit level \"" + text + "\"");
    }
}
