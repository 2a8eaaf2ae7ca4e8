package io.gantry.apiserver.admission;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Which hooks of a mutating plugin run again in the second round of a request: those that ask for it and ran before
/// somebody changed the object (upstream `admission/plugin/webhook/mutating/reinvocationcontext.go`). One request's,
/// one thread's.
public final class Reinvocation {
    private final Set<String> invoked = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private @Nullable ObjectNode last;

    private Reinvocation() {}

    /// What the plugin remembers of the request; in the second round also whether another plugin changed the object.
    public static Reinvocation begin(AdmissionPlugin plugin, AdmissionAttributes attributes, ObjectNode object) {
        Reinvocation state = attributes.notes().state(plugin, Reinvocation.class, Reinvocation::new);
        if (attributes.notes().reinvocation() && state.last != null && !state.last.equals(object)) {
            state.markChanged();
        }
        return state;
    }

    /// Whether a hook is left out: in the second round, unless it must see what others changed.
    public boolean skips(AdmissionAttributes attributes, String hook) {
        return attributes.notes().reinvocation() && !again.contains(hook);
    }

    /// A hook that asks to run again when the object changes has run.
    public void invoked(String hook) {
        invoked.add(hook);
    }

    /// A hook changed the object.
    public void changed(AdmissionAttributes attributes) {
        markChanged();
        attributes.notes().wantReinvocation();
    }

    private void markChanged() {
        again.addAll(invoked);
        invoked.clear();
    }

    /// The plugin's round is over; keeps a copy of the object when a second round may ask for it.
    public void end(ObjectNode object) {
        if (!invoked.isEmpty() || !again.isEmpty()) {
            last = object.deepCopy();
        }
    }
}
