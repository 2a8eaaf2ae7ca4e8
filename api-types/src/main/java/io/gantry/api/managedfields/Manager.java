package io.gantry.api.managedfields;

import java.util.Comparator;
import java.util.Locale;

/// One owner of fields. The version counts for updates only, as upstream's manager identifier.
///
/// @param name the field manager
/// @param applied operation Apply, else Update
/// @param apiVersion of the writes; empty when applied
/// @param subresource empty for the object itself
record Manager(String name, boolean applied, String apiVersion, String subresource) {
    static final Comparator<Manager> ORDER = Comparator.comparing(Manager::apiVersion)
            .thenComparing(Manager::name)
            .thenComparing(Manager::applied)
            .thenComparing(Manager::subresource);

    static Manager applier(String name, String subresource) {
        return new Manager(name, true, "", subresource);
    }

    static Manager updater(String name, String apiVersion, String subresource) {
        return new Manager(name, false, apiVersion, subresource);
    }

    /// As conflicts name it: `"kubectl-edit" using apps/v1`.
    String shown() {
        String text = "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        if (!subresource.isEmpty()) {
            text += String.format(Locale.ROOT, " with subresource \"%s\"", subresource);
        }
        return applied ? text : text + " using " + apiVersion;
    }
}
