package io.gantry.apiserver.admission.optional;

import io.gantry.api.kind.Kind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who gives an object an owner must be able to delete it; who lets it hold the owner's deletion up, to set the
/// owner's finalizers (upstream `plugin/pkg/admission/gc`).
final class OwnerReferencesPermissionEnforcement implements AdmissionPlugin {
    private final Resources resources;
    private final Authorizer authorizer;

    OwnerReferencesPermissionEnforcement(Resources resources, Authorizer authorizer) {
        this.resources = resources;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "OwnerReferencesPermissionEnforcement";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        boolean create = attributes.operation() == AdmissionAttributes.Operation.CREATE;
        boolean update = attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        List<JsonNode> before =
                old.map(OwnerReferencesPermissionEnforcement::owners).orElse(List.of());
        List<JsonNode> now = owners(object);
        if ((!create && !update) || isPodStatus(attributes) || now.equals(before)) {
            return;
        }
        if (update) {
            mayDelete(attributes);
        }
        List<JsonNode> blocking = now.stream()
                .filter(owner -> isBlocking(owner) && before.stream().noneMatch(was -> isSameAndBlocking(was, owner)))
                .toList();
        if (!blocking.isEmpty() && !may(attributes, "", "*", "*", "*", "*").allowed()) {
            blocking.forEach(owner -> mayHoldUp(attributes, owner));
        }
    }

    private static boolean isPodStatus(AdmissionAttributes attributes) {
        return attributes.group().isEmpty()
                && attributes.resource().equals("pods")
                && attributes.subresource().equals("status");
    }

    private void mayDelete(AdmissionAttributes attributes) {
        Decision decision = authorizer.decide(new Attributes(
                attributes.user(),
                "delete",
                attributes.namespace(),
                attributes.group(),
                attributes.version(),
                attributes.resource(),
                attributes.subresource(),
                attributes.name(),
                true,
                "",
                ""));
        if (!decision.allowed()) {
            throw Refusals.forbidden(
                    attributes,
                    "cannot set an ownerRef on a resource you can't delete: " + decision.reason() + ", <nil>");
        }
    }

    private void mayHoldUp(AdmissionAttributes attributes, JsonNode owner) {
        String apiVersion = Trees.text(owner, "apiVersion");
        String kind = Trees.text(owner, "kind");
        List<ServedResource> owners = resources.all().stream()
                .filter(each -> each.storage().isPresent()
                        && each.apiVersion().equals(apiVersion)
                        && each.kind().equals(kind))
                .toList();
        if (owners.isEmpty()) {
            throw Refusals.forbidden(
                    attributes,
                    "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion "
                            + apiVersion + " Kind " + kind + ": no matches for kind \"" + kind + "\" in version \""
                            + apiVersion + "\"");
        }
        for (ServedResource each : owners) {
            Decision decision = may(
                    attributes,
                    each.namespaced() ? attributes.namespace() : "",
                    Kind.groupOf(apiVersion),
                    each.version(),
                    each.plural(),
                    Trees.text(owner, "name"));
            if (!decision.allowed()) {
                throw Refusals.forbidden(
                        attributes,
                        "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set"
                                + " finalizers on: " + decision.reason() + ", <nil>");
            }
        }
    }

    /// Whether the user may set finalizers.
    private Decision may(
            AdmissionAttributes attributes,
            String namespace,
            String group,
            String version,
            String resource,
            String name) {
        return authorizer.decide(new Attributes(
                attributes.user(), "update", namespace, group, version, resource, "finalizers", name, true, "", ""));
    }

    private static List<JsonNode> owners(ObjectNode object) {
        return Trees.list(object, "metadata", "ownerReferences");
    }

    private static boolean isBlocking(JsonNode owner) {
        return Trees.flag(owner, "blockOwnerDeletion");
    }

    private static boolean isSameAndBlocking(JsonNode was, JsonNode owner) {
        return isBlocking(was) && Trees.text(was, "uid").equals(Trees.text(owner, "uid"));
    }
}
