package io.gantry.api.resource.v1.resourceclaimtemplate;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaimValidation;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestDefaults;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// ResourceClaimTemplates (upstream `pkg/registry/resource/resourceclaimtemplate` and `pkg/apis/resource`).
final class ResourceClaimTemplateRules implements KindRules<ResourceClaimTemplate> {
    @Override
    public void defaults(ObjectNode object) {
        DeviceRequestDefaults.of(object.path("spec").path("spec"));
    }

    @Override
    public void validate(ResourceClaimTemplate object, FieldErrors errors) {
        metadata(object.spec().metadata(), "spec.metadata", errors);
        DeviceClaimValidation.spec(object.spec().spec(), "spec.spec", errors);
    }

    @Override
    public void validateUpdate(ResourceClaimTemplate object, ResourceClaimTemplate old, FieldErrors errors) {
        ResourceClaimTemplateSpec before = new ResourceClaimTemplateSpec(
                old.spec().metadata(), DeviceRequestDefaults.filledIn(old.spec().spec()));
        Immutable.check(object.spec(), before, "spec", errors);
    }

    /// A claim gets labels and annotations of its template, and nothing else.
    private static void metadata(ObjectMeta metadata, String path, FieldErrors errors) {
        LabelValidation.annotations(metadata.annotations(), path + ".annotations", errors);
        LabelValidation.labels(metadata.labels(), path + ".labels", errors);
        Map<String, Object> others = new LinkedHashMap<>();
        put(others, "name", metadata.name());
        put(others, "generateName", metadata.generateName());
        put(others, "namespace", metadata.namespace());
        put(others, "selfLink", metadata.selfLink());
        put(others, "uID", metadata.uid());
        put(others, "resourceVersion", metadata.resourceVersion());
        put(others, "generation", metadata.generation());
        put(others, "creationTimestamp", metadata.creationTimestamp());
        put(others, "deletionTimestamp", metadata.deletionTimestamp());
        put(others, "deletionGracePeriodSeconds", metadata.deletionGracePeriodSeconds());
        put(others, "ownerReferences", metadata.ownerReferences());
        put(others, "finalizers", metadata.finalizers());
        put(others, "managedFields", metadata.managedFields());
        others.keySet().forEach(name -> errors.forbidden(path + "." + name, "cannot be set"));
    }

    private static void put(Map<String, Object> set, String name, @Nullable Object value) {
        boolean absent = switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case Long number -> number == 0 && name.equals("generation");
            default -> false;
        };
        if (!absent) {
            set.put(name, value);
        }
    }
}
