package io.gantry.apiserver.watch;

import java.util.Map;

/// What selectors ask of an object: its labels and selectable fields; or how to learn that, for objects of which nobody
/// has asked it yet.
public sealed interface Description {
    /// Known.
    ///
    /// @param fields `metadata.name` and `metadata.namespace` among them
    record Known(Map<String, String> labels, Map<String, String> fields) implements Description {
        /// Of what has neither.
        public static final Known NONE = new Known(Map.of(), Map.of());
    }

    /// Reads it from the served JSON. Thread-safe; the same for many objects.
    non-sealed interface Reader extends Description {
        Known read(byte[] json);
    }
}
