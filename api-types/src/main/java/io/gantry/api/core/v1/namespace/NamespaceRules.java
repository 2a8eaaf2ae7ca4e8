package io.gantry.api.core.v1.namespace;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Finalizers;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Trees;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of namespaces (upstream `pkg/registry/core/namespace`): the finalizer `kubernetes` keeps a namespace until
/// its content is gone.
public final class NamespaceRules implements KindRules<Namespace> {
    private static final String FINALIZER = "kubernetes";
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "metadata").ifPresent(metadata -> {
            String name = metadata.path("name").asString("");
            if (!name.isEmpty()) {
                Trees.child(metadata, "labels").put(NAME_LABEL, name);
            }
        });
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        defaults(object);
        object.putObject("status").put("phase", "Active");
        ObjectNode spec = Trees.child(object, "spec");
        ArrayNode finalizers =
                spec.path("finalizers") instanceof ArrayNode present ? present : spec.putArray("finalizers");
        if (finalizers.valueStream().noneMatch(f -> f.asString("").equals(FINALIZER))) {
            finalizers.add(FINALIZER);
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        if (old.path("spec").path("finalizers").isArray()) {
            Trees.child(object, "spec").set("finalizers", old.path("spec").path("finalizers"));
        } else {
            Trees.object(object, "spec").ifPresent(spec -> spec.remove("finalizers"));
        }
    }

    @Override
    public void validate(Namespace object, FieldErrors errors) {
        object.spec().finalizers().forEach(name -> Finalizers.check(name, "spec.finalizers", errors));
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(Namespace object, Namespace old, FieldErrors errors) {
        String phase = object.status().phase();
        if (object.metadata().deletionTimestamp() == null) {
            if (!"Active".equals(phase)) {
                errors.invalid(
                        "status.phase",
                        phase == null ? "" : phase,
                        "may only be 'Active' if `deletionTimestamp` is empty");
            }
        } else if (!"Terminating".equals(phase)) {
            errors.invalid(
                    "status.phase",
                    phase == null ? "" : phase,
                    "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("status.phase");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of("status.phase", object.path("status").path("phase").asString(""));
    }
}
