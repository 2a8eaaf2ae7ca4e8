package io.gantry.apiserver.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What plugins note about one request: annotations for the audit log, and whether the mutating ones run again
/// because a later one changed the object. Thread-safe; reinvocation is the request thread's.
public final class AdmissionNotes {
    private final Map<String, String> annotations;
    private final Map<Object, Object> states = new ConcurrentHashMap<>();
    private boolean wanted;
    private boolean again;

    public AdmissionNotes() {
        this(new ConcurrentHashMap<>());
    }

    /// @param annotations takes what plugins annotate; thread-safe
    public AdmissionNotes(Map<String, String> annotations) {
        this.annotations = annotations;
    }

    /// Annotates the request's audit event; the first value of a key stays.
    public void annotate(String key, String value) {
        annotations.putIfAbsent(key, value);
    }

    /// What a plugin keeps between its two runs for a request.
    ///
    /// @param plugin the key, of `type`'s plugin alone
    public <T> T state(Object plugin, Class<T> type, Supplier<T> make) {
        return type.cast(states.computeIfAbsent(plugin, key -> make.get()));
    }

    /// Asks for a second run of the mutating plugins.
    public void wantReinvocation() {
        wanted = true;
    }

    /// Whether this is the second run.
    public boolean reinvocation() {
        return again;
    }

    /// Begins the second run where a plugin asked for it.
    ///
    /// @return whether there is one
    public boolean beginReinvocation() {
        again = wanted;
        wanted = false;
        return again;
    }
}
