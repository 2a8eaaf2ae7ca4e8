package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which tokens a node may ask for: those of its own pods, for audiences that the pod's volumes name (KEP-4193,
/// `ServiceAccountNodeAudienceRestriction`) or that RBAC grants it with the verb
/// `request-serviceaccounts-token-audience`.
record NodeTokens(ObjectReader reader, Authorizer authorizer) {
    void check(AdmissionAttributes attributes, String node, ObjectNode request) {
        JsonNode ref = Trees.at(request, "spec", "boundObjectRef");
        String name = Trees.text(ref, "name");
        String uid = Trees.text(ref, "uid");
        if (!Trees.text(ref, "apiVersion").equals("v1")
                || !Trees.text(ref, "kind").equals("Pod")
                || name.isEmpty()) {
            throw Refusals.forbidden(attributes, "node requested token not bound to a pod");
        }
        if (uid.isEmpty()) {
            throw Refusals.forbidden(attributes, "node requested token with a pod binding without a uid");
        }
        ObjectNode pod = reader.look(PodKind.KIND, attributes.namespace(), name)
                .orElseThrow(() -> StatusException.notFound("", "pods", name));
        if (!uid.equals(Trees.uid(pod))) {
            throw Refusals.forbidden(
                    attributes,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might have been deleted and then"
                            + " recreated");
        }
        if (!Trees.text(pod, "spec", "nodeName").equals(node)) {
            throw Refusals.forbidden(attributes, "node requested token bound to a pod scheduled on a different node");
        }
        audience(attributes, pod, Trees.list(request, "spec", "audiences"));
    }

    private void audience(AdmissionAttributes attributes, ObjectNode pod, List<JsonNode> audiences) {
        if (audiences.size() > 1) {
            throw Refusals.forbidden(attributes, "node may only request 0 or 1 audiences");
        }
        String audience = audiences.isEmpty() ? "" : audiences.getFirst().asString("");
        for (JsonNode volume : Trees.list(pod, "spec", "volumes")) {
            if (names(attributes.namespace(), Trees.name(pod), volume, audience)) {
                return;
            }
        }
        boolean granted = authorizer
                .decide(Attributes.resource(
                        attributes.user(),
                        "request-serviceaccounts-token-audience",
                        "",
                        "",
                        audience,
                        attributes.namespace(),
                        attributes.name()))
                .allowed();
        if (!granted) {
            throw Refusals.forbidden(
                    attributes,
                    "audience \"" + audience + "\" not found in pod spec volume, "
                            + attributes.user().name() + " is not authorized to request tokens for this audience");
        }
    }

    private boolean names(String namespace, String pod, JsonNode volume, String audience) {
        for (JsonNode source : Trees.list(volume, "projected", "sources")) {
            if (source.has("serviceAccountToken")
                    && Trees.text(source, "serviceAccountToken", "audience").equals(audience)) {
                return true;
            }
        }
        String claim = volume.has("ephemeral")
                ? pod + "-" + Trees.text(volume, "name")
                : Trees.text(volume, "persistentVolumeClaim", "claimName");
        String driver = claim.isEmpty() ? Trees.text(volume, "csi", "driver") : driverOf(namespace, claim);
        return !driver.isEmpty() && asksFor(driver, audience);
    }

    /// The CSI driver behind a claim; empty where there is none.
    private String driverOf(String namespace, String claim) {
        Optional<String> volume = reader.look(PersistentVolumeClaimKind.KIND, namespace, claim)
                .map(found -> Trees.text(found, "spec", "volumeName"));
        return volume.flatMap(name -> reader.look(PersistentVolumeKind.KIND, "", name))
                .map(found -> Trees.text(found, "spec", "csi", "driver"))
                .orElse("");
    }

    private boolean asksFor(String driver, String audience) {
        return reader.look(CSIDriverKind.KIND, "", driver)
                .filter(found -> Trees.list(found, "spec", "tokenRequests").stream()
                        .anyMatch(request -> Trees.text(request, "audience").equals(audience)))
                .isPresent();
    }
}
