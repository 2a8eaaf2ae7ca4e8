package io.gantry.api.storage.v1.storageclass;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.storage.v1.DriverParameters;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Rules of StorageClasses (upstream `ValidateStorageClass`).
public final class StorageClassRules implements KindRules<StorageClass> {
    @Override
    public void validate(StorageClass object, FieldErrors errors) {
        String provisioner = text(object.provisioner());
        References.requiredFormat(provisioner, p -> Names.qualified(p.toLowerCase(Locale.ROOT)), "provisioner", errors);
        DriverParameters.check(object.parameters(), errors);
        if (!text(object.reclaimPolicy()).isEmpty()) {
            References.oneOf(object.reclaimPolicy(), List.of("Delete", "Retain"), "reclaimPolicy", errors);
        }
        topologies(object.allowedTopologies(), errors);
    }

    /// Terms must differ, and none may say nothing.
    private static void topologies(List<TopologySelectorTerm> terms, FieldErrors errors) {
        Set<Map<String, Set<String>>> seen = new HashSet<>(Set.of(Map.of()));
        for (int i = 0; i < terms.size(); i++) {
            String at = "allowedTopologies[" + i + "].matchLabelExpressions";
            if (!seen.add(term(terms.get(i), at, errors))) {
                errors.duplicate(at, "");
            }
        }
    }

    private static Map<String, Set<String>> term(TopologySelectorTerm term, String path, FieldErrors errors) {
        Map<String, Set<String>> keys = new HashMap<>();
        for (int i = 0; i < term.matchLabelExpressions().size(); i++) {
            TopologySelectorLabelRequirement requirement =
                    term.matchLabelExpressions().get(i);
            String at = path + "[" + i + "]";
            Set<String> values = new HashSet<>();
            if (requirement.values().isEmpty()) {
                errors.required(at + ".values", "");
            }
            for (int v = 0; v < requirement.values().size(); v++) {
                if (!values.add(requirement.values().get(v))) {
                    errors.duplicate(
                            at + ".values[" + v + "]", requirement.values().get(v));
                }
            }
            LabelValidation.labelName(text(requirement.key()), at + ".key", errors);
            if (keys.put(text(requirement.key()), values) != null) {
                errors.duplicate(at + ".key", text(requirement.key()));
            }
        }
        return keys;
    }

    @Override
    public void validateUpdate(StorageClass object, StorageClass old, FieldErrors errors) {
        forbidden(object.parameters().equals(old.parameters()), "parameters", errors);
        forbidden(Objects.equals(object.provisioner(), old.provisioner()), "provisioner", errors);
        forbidden(Objects.equals(object.reclaimPolicy(), old.reclaimPolicy()), "reclaimPolicy", errors);
        Immutable.check(object.volumeBindingMode(), old.volumeBindingMode(), "volumeBindingMode", errors);
    }

    private static void forbidden(boolean same, String field, FieldErrors errors) {
        if (!same) {
            errors.forbidden(field, "updates to " + field + " are forbidden.");
        }
    }
}
