package io.gantry.api.managedfields;

import static io.gantry.api.managedfields.Configurations.CONFIG_MAP;
import static io.gantry.api.managedfields.Configurations.DEPLOYMENT;
import static io.gantry.api.managedfields.Configurations.LATER;
import static io.gantry.api.managedfields.Configurations.NOW;
import static io.gantry.api.managedfields.Configurations.by;
import static io.gantry.api.managedfields.Configurations.config;
import static io.gantry.api.managedfields.Configurations.json;
import static io.gantry.api.managedfields.Configurations.owners;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Who owns what was there before the first apply.
class FirstApplyTest {
    @Test
    void kubectlTakesOverItsClientSideApply() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1'}");
        live.withObject("/metadata/annotations")
                .put(
                        LastApplied.ANNOTATION,
                        config(CONFIG_MAP, "'data':{'a':'1'}").toString());
        ManagedFields.trackCreate(CONFIG_MAP, live, by("kubectl-client-side-apply", NOW));
        ObjectNode applied = ServerSideApply.apply(
                CONFIG_MAP, live, config(CONFIG_MAP, "'data':{'a':'2'}"), false, by("kubectl", LATER));
        assertEquals(json("{'a':'2'}"), applied.get("data"));
        assertEquals(
                config(CONFIG_MAP, "'data':{'a':'2'}") + "\n",
                applied.get("metadata")
                        .get("annotations")
                        .get(LastApplied.ANNOTATION)
                        .stringValue());
    }

    @Test
    void whatNobodyManagedIsOwnedBeforeTheFirstApply() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1','b':'1'}");
        ObjectNode applied =
                ServerSideApply.apply(CONFIG_MAP, live, config(CONFIG_MAP, "'data':{'a':'1'}"), false, by("me", LATER));
        assertEquals(
                List.of("me f:a", "before-first-apply .", "before-first-apply f:a", "before-first-apply f:b"),
                owners(applied));
    }

    /// Upstream's `skipNonAppliedManager` writes through the same endpoint.
    @Test
    void whatTheEndpointDoesNotWriteIsNotOwnedBeforeTheFirstApply() {
        ObjectNode live = config(DEPLOYMENT, "'spec':{'replicas':2},'status':{'replicas':1}");
        ObjectNode applied = ServerSideApply.apply(
                DEPLOYMENT,
                live.deepCopy(),
                config(DEPLOYMENT, "'spec':{'replicas':2}"),
                false,
                new FieldWriter("me", "", LATER, Set.of("status")));
        assertEquals(List.of("", ""), subresources(applied));
        assertFalse(applied.at("/metadata/managedFields").toString().contains("f:status"), applied.toString());
        ObjectNode status = ServerSideApply.apply(
                DEPLOYMENT,
                live.deepCopy(),
                config(DEPLOYMENT, "'status':{'replicas':1}"),
                false,
                new FieldWriter("me", "status", LATER, Set.of("spec")));
        assertEquals(List.of("status", "status"), subresources(status));
        assertFalse(status.at("/metadata/managedFields").toString().contains("f:spec"), status.toString());
    }

    private static List<String> subresources(ObjectNode object) {
        return object.at("/metadata/managedFields")
                .valueStream()
                .map(entry -> entry.path("subresource").asString(""))
                .toList();
    }
}
