package io.gantry.api.managedfields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ValidatingAdmissionPolicyBindingKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.Kind;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyKind;
import io.gantry.api.schema.FieldValidation;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ServerSideApplyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
    private static final ResourceSchema DEPLOYMENT = Schemas.of(DeploymentKind.KIND);
    private static final ResourceSchema CONFIG_MAP = Schemas.of(ConfigMapKind.KIND);

    /// Two applies by one manager, what is left after them.
    record Twice(String name, Kind<?> kind, String first, String second, String expected) {}

    static Stream<Twice> twice() {
        return Stream.of(
                new Twice(
                        "a key that is no longer applied goes",
                        ConfigMapKind.KIND,
                        "'data':{'a':'1','b':'2'}",
                        "'data':{'a':'1'}",
                        "'data':{'a':'1'}"),
                new Twice(
                        "the last key takes its map with it",
                        ConfigMapKind.KIND,
                        "'data':{'a':'1'}",
                        "'immutable':true",
                        "'immutable':true"),
                new Twice(
                        "list items by key",
                        DeploymentKind.KIND,
                        "'spec':{'template':{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}}",
                        "'spec':{'template':{'spec':{'containers':[{'name':'b','image':'2'}]}}}",
                        "'spec':{'template':{'spec':{'containers':[{'name':'b','image':'2'}]}}}"),
                new Twice(
                        "ports by port and protocol",
                        ServiceKind.KIND,
                        "'spec':{'ports':[{'port':53,'protocol':'TCP'},{'port':53,'protocol':'UDP'}]}",
                        "'spec':{'ports':[{'port':53,'protocol':'UDP'}]}",
                        "'spec':{'ports':[{'port':53,'protocol':'UDP'}]}"),
                new Twice(
                        "atomic maps are replaced",
                        ServiceKind.KIND,
                        "'spec':{'selector':{'a':'1','b':'2'}}",
                        "'spec':{'selector':{'a':'1'}}",
                        "'spec':{'selector':{'a':'1'}}"),
                new Twice(
                        "order follows the configuration",
                        DeploymentKind.KIND,
                        "'spec':{'template':{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}}",
                        "'spec':{'template':{'spec':{'containers':[{'name':'b'},{'name':'c'},{'name':'a'}]}}}",
                        "'spec':{'template':{'spec':{'containers':[{'name':'b'},{'name':'c'},{'name':'a'}]}}}"));
    }

    @ParameterizedTest
    @MethodSource("twice")
    void appliesTwice(Twice row) {
        ResourceSchema schema = Schemas.of(row.kind);
        ObjectNode first = ServerSideApply.apply(schema, null, config(schema, row.first), false, by("me", NOW));
        ObjectNode second = ServerSideApply.apply(schema, first, config(schema, row.second), false, by("me", LATER));
        assertEquals(config(schema, row.expected), withoutManagedFields(second));
    }

    @Test
    void ownsWhatItApplies() {
        ObjectNode applied = ServerSideApply.apply(
                DEPLOYMENT,
                null,
                config(
                        DEPLOYMENT,
                        "'spec':{'replicas':1,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                                + "'spec':{'containers':[{'name':'c','image':'i','ports':[{'containerPort':80}]}]}}}"),
                false,
                by("me", NOW));
        assertEquals(
                json(
                        "[{'manager':'me','operation':'Apply','apiVersion':'apps/v1','time':'2026-01-01T00:00:00Z','fieldsType':'FieldsV1',"
                                + "'fieldsV1':{'f:spec':{'f:replicas':{},'f:selector':{},'f:template':{'f:metadata':{'f:labels':{'f:a':{}}},"
                                + "'f:spec':{'f:containers':{'k:{\\\"name\\\":\\\"c\\\"}':{'.':{},'f:image':{},'f:name':{},'f:ports':{"
                                + "'k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}':{'.':{},'f:containerPort':{}}}}}}}}}}]"),
                applied.get("metadata").get("managedFields"));
    }

    @Test
    void keysAreFitForHtml() {
        ObjectNode applied = ServerSideApply.apply(
                CONFIG_MAP,
                null,
                config(CONFIG_MAP, "'metadata':{'name':'x','namespace':'n','finalizers':['a/<b>&\u00e4']}"),
                false,
                by("me", NOW));
        assertEquals(
                "{\"f:metadata\":{\"f:finalizers\":{\"v:\\\"a/\\\\u003cb\\\\u003e\\\\u0026\u00e4\\\"\":{}}}}",
                applied.get("metadata")
                        .get("managedFields")
                        .get(0)
                        .get("fieldsV1")
                        .toString());
    }

    @Test
    void amountsAreComparedByTheirLetters() {
        ObjectNode live = ServerSideApply.apply(DEPLOYMENT, null, limited("1Gi"), false, by("one", NOW));
        assertEquals(live, ServerSideApply.apply(DEPLOYMENT, live, limited("1024Mi"), false, by("one", LATER)));
        StatusException conflict = assertThrows(
                StatusException.class,
                () -> ServerSideApply.apply(DEPLOYMENT, live, limited("1024Mi"), false, by("two", LATER)));
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"one\":"
                        + " .spec.template.spec.containers[name=\"c\"].resources.limits.memory",
                conflict.getMessage());
    }

    private static ObjectNode limited(String memory) {
        Body body = new Body(config(
                DEPLOYMENT,
                "'spec':{'template':{'spec':{'containers':[{'name':'c','resources':{'limits':{'memory':'" + memory
                        + "'}}}]}}}"));
        ServerSideApply.decode(DEPLOYMENT, body, body::tree, FieldValidation.STRICT);
        return body.tree();
    }

    @Test
    void refusesConflictsAndForces() {
        ObjectNode live = ServerSideApply.apply(
                CONFIG_MAP, null, config(CONFIG_MAP, "'data':{'a':'1','b':'1'}"), false, by("one", NOW));
        ObjectNode wanted = config(CONFIG_MAP, "'data':{'a':'2'}");
        StatusException conflict = assertThrows(
                StatusException.class, () -> ServerSideApply.apply(CONFIG_MAP, live, wanted, false, by("two", LATER)));
        assertEquals(409, conflict.code());
        assertEquals("Apply failed with 1 conflict: conflict with \"one\": .data.a", conflict.getMessage());
        assertEquals(true, conflict.status().toString().contains("FieldManagerConflict"));

        ObjectNode forced = ServerSideApply.apply(CONFIG_MAP, live, wanted, true, by("two", LATER));
        assertEquals(json("{'a':'2','b':'1'}"), forced.get("data"));
        assertEquals(List.of("one f:b", "two f:a"), owners(forced));
    }

    @Test
    void sharesEqualValues() {
        ObjectNode live =
                ServerSideApply.apply(CONFIG_MAP, null, config(CONFIG_MAP, "'data':{'a':'1'}"), false, by("one", NOW));
        ObjectNode shared = ServerSideApply.apply(
                CONFIG_MAP, live, config(CONFIG_MAP, "'data':{'a':'1'}"), false, by("two", LATER));
        assertEquals(List.of("one f:a", "two f:a"), owners(shared));
        ObjectNode left =
                ServerSideApply.apply(CONFIG_MAP, shared, config(CONFIG_MAP, "'data':{}"), false, by("one", LATER));
        assertEquals(json("{'a':'1'}"), left.get("data"));
    }

    @Test
    void sayingTheSameChangesNothing() {
        ObjectNode wanted = config(CONFIG_MAP, "'data':{'a':'1'}");
        ObjectNode first = ServerSideApply.apply(CONFIG_MAP, null, wanted, false, by("one", NOW));
        assertEquals(first, ServerSideApply.apply(CONFIG_MAP, first, wanted, false, by("one", LATER)));
    }

    @Test
    void severalConflictsOfAnUpdater() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1','b':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("edit", NOW));
        StatusException conflict = assertThrows(
                StatusException.class,
                () -> ServerSideApply.apply(
                        CONFIG_MAP, live, config(CONFIG_MAP, "'data':{'a':'2','b':'2'}"), false, by("two", LATER)));
        assertEquals(
                "Apply failed with 2 conflicts: conflicts with \"edit\" using v1:\n- .data.a\n- .data.b",
                conflict.getMessage());
    }

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

    @Test
    void duplicateKeysAreRefused() {
        ObjectNode twice =
                config(DEPLOYMENT, "'spec':{'template':{'spec':{'containers':[{'name':'a'},{'name':'a'}]}}}");
        ObjectNode live = config(DEPLOYMENT, "'spec':{'template':{'spec':{'containers':[{'name':'b'}]}}}");
        assertEquals(
                500,
                assertThrows(
                                StatusException.class,
                                () -> ServerSideApply.apply(DEPLOYMENT, live, twice, false, by("me", NOW)))
                        .code());
    }

    @Test
    void tracksUpdates() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1','b':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/data").put("a", "2").remove("b");
        changed.withObject("/data").put("c", "3");
        ManagedFields.trackUpdate(CONFIG_MAP, live, changed, by("two", LATER));
        assertEquals(List.of("two f:a", "two f:c"), owners(changed));

        ObjectNode same = changed.deepCopy();
        ManagedFields.trackUpdate(CONFIG_MAP, changed, same, by("three", LATER));
        assertEquals(changed, same);
    }

    @Test
    void aCreateOwnsItsFields() {
        ObjectNode object = config(
                DEPLOYMENT,
                "'metadata':{'name':'x','labels':{'a':'b'}},'spec':{'replicas':1,'template':{'spec':{'containers':[{'name':'c'}]}}}");
        ManagedFields.trackCreate(DEPLOYMENT, object, by("kubectl", NOW));
        assertEquals(
                json(
                        "{'f:metadata':{'f:labels':{'.':{},'f:a':{}}},'f:spec':{'f:replicas':{},'f:template':{'f:spec':{'f:containers':{"
                                + "'k:{\\\"name\\\":\\\"c\\\"}':{'.':{},'f:name':{}}}}}}}"),
                object.get("metadata").get("managedFields").get(0).get("fieldsV1"));
    }

    record Created(Kind<?> kind, String object, String owned) {}

    static Stream<Created> created() {
        return Stream.of(
                new Created(
                        ReplicationControllerKind.KIND,
                        "'spec':{'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c'}]}}}",
                        "{'f:spec':{'f:template':{'.':{},'f:metadata':{'.':{},'f:labels':{'.':{},'f:a':{}}},'f:spec':{'.':{},"
                                + "'f:containers':{'.':{},'k:{\\\"name\\\":\\\"c\\\"}':{'.':{},'f:name':{}}}}}}}"),
                new Created(
                        PersistentVolumeClaimKind.KIND,
                        "'spec':{'resources':{'requests':{'storage':'1'}}}",
                        "{'f:spec':{'f:resources':{'f:requests':{'.':{},'f:storage':{}}}}}"),
                new Created(
                        NetworkPolicyKind.KIND,
                        "'spec':{'podSelector':{},'policyTypes':['Ingress']}",
                        "{'f:spec':{'f:policyTypes':{}}}"),
                new Created(
                        NetworkPolicyKind.KIND,
                        "'spec':{'podSelector':{'matchLabels':{'a':'b'}}}",
                        "{'f:spec':{'f:podSelector':{}}}"),
                new Created(
                        ValidatingAdmissionPolicyBindingKind.KIND,
                        "'spec':{'validationActions':['Deny']}",
                        "{'f:spec':{'f:validationActions':{'.':{},'v:\\\"Deny\\\"':{}}}}"));
    }

    @ParameterizedTest
    @MethodSource("created")
    void nobodyOwnsWhatIsAlwaysThere(Created one) {
        ResourceSchema schema = Schemas.of(one.kind());
        ObjectNode object = config(schema, one.object());
        ManagedFields.trackCreate(schema, object, by("kubectl", NOW));
        assertEquals(
                json(one.owned()),
                object.get("metadata").get("managedFields").get(0).get("fieldsV1"));
    }

    @Test
    void statusIsResetAtTheObjectItself() {
        ObjectNode live = config(DEPLOYMENT, "'spec':{'replicas':1}");
        ManagedFields.trackCreate(DEPLOYMENT, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/status").put("replicas", 1);
        ManagedFields.trackUpdate(DEPLOYMENT, live, changed, new FieldWriter("two", "", LATER, Set.of("status")));
        assertEquals(1, changed.get("metadata").get("managedFields").size());
        ManagedFields.trackUpdate(DEPLOYMENT, live, changed, new FieldWriter("two", "status", LATER, Set.of("spec")));
        assertEquals(
                "status",
                changed.get("metadata")
                        .get("managedFields")
                        .get(1)
                        .get("subresource")
                        .stringValue());
    }

    @Test
    void oldUpdatersAreCapped() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a0':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("m0", NOW));
        for (int i = 1; i < 15; i++) {
            ObjectNode next = live.deepCopy();
            next.withObject("/data").put("a" + i, "1");
            ManagedFields.trackUpdate(CONFIG_MAP, live, next, by("m" + i, NOW.plusSeconds(i)));
            live = next;
        }
        assertEquals(10, live.get("metadata").get("managedFields").size());
        assertEquals(
                "ancient-changes",
                live.get("metadata").get("managedFields").get(0).get("manager").stringValue());
    }

    @Test
    void itemsWithoutKeysDoNotStopAWrite() {
        ObjectNode object = config(DEPLOYMENT, "'spec':{'template':{'spec':{'containers':[{'image':'a'}]}}}");
        ManagedFields.trackCreate(DEPLOYMENT, object, by("one", NOW));
        assertEquals(false, object.get("metadata").has("managedFields"));
    }

    @Test
    void zerosInAConfigurationAreOwnedAndNotStored() {
        ObjectNode wanted = config(DEPLOYMENT, "'spec':{'paused':false,'replicas':0}");
        DEPLOYMENT.conformApplied(wanted);
        ObjectNode applied = ServerSideApply.apply(DEPLOYMENT, null, wanted, false, by("me", NOW));
        assertEquals(json("{'replicas':0}"), applied.get("spec"));
        assertEquals(
                json("{'f:spec':{'f:paused':{},'f:replicas':{}}}"),
                applied.get("metadata").get("managedFields").get(0).get("fieldsV1"));
        assertEquals(applied, ServerSideApply.apply(DEPLOYMENT, applied, wanted, false, by("me", LATER)));
    }

    @Test
    void whatTheSchemaDoesNotKnowIsRefusedWhateverTheValidation() {
        ObjectNode wanted = config(
                DEPLOYMENT,
                "'foo':1,'spec':{'template':{'spec':{'containers':[{'name':'a','bar':1,'command':['x']}]}}}");
        StatusException refused = assertThrows(
                StatusException.class,
                () -> ServerSideApply.decode(
                        DEPLOYMENT, new Body(wanted.deepCopy()), () -> wanted, FieldValidation.IGNORE));
        assertEquals(500, refused.code());
        assertTrue(
                String.valueOf(refused.getMessage())
                        .endsWith("; apps/v1, Kind=Deployment): errors:\n  .foo: field not declared in schema\n"
                                + "  .spec.template.spec.containers[name=\"a\"].bar: field not declared in schema"),
                refused::toString);
    }

    @Test
    void anItemWithoutItsKeyIsToldBesideWhatTheSchemaDoesNotKnow() {
        ObjectNode wanted =
                config(DEPLOYMENT, "'foo':1,'spec':{'template':{'spec':{'containers':[{'image':'a'},{'name':'b'}]}}}");
        StatusException refused = assertThrows(
                StatusException.class,
                () -> ServerSideApply.decode(
                        DEPLOYMENT, new Body(wanted.deepCopy()), () -> wanted, FieldValidation.IGNORE));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .endsWith("errors:\n  .foo: field not declared in schema\n"
                                + "  .spec.template.spec.containers: element 0: associative list with keys has an"
                                + " element that omits all key fields [\"name\"] (and doesn't have default values"
                                + " for any key fields)"),
                refused::toString);
    }

    @Test
    void customResourcesOfAnyShape() {
        ResourceSchema any = Schemas.custom(
                "example.com/v1",
                "Thing",
                Json.MAPPER.readTree(
                        "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}}}"));
        ObjectNode live = ServerSideApply.apply(
                any, null, config(any, "'spec':{'a':{'b':1,'c':2},'l':[1,2]}"), false, by("one", NOW));
        StatusException conflict = assertThrows(
                StatusException.class,
                () -> ServerSideApply.apply(
                        any, live, config(any, "'spec':{'a':{'b':2,'d':3},'l':[1]}"), false, by("two", LATER)));
        assertEquals(
                "Apply failed with 2 conflicts: conflicts with \"one\":\n- .spec.l\n- .spec.a.b",
                conflict.getMessage());
        ObjectNode both =
                ServerSideApply.apply(any, live, config(any, "'spec':{'a':{'d':3}}"), false, by("two", LATER));
        assertEquals(json("{'a':{'b':1,'c':2,'d':3},'l':[1,2]}"), both.get("spec"));
        ObjectNode left =
                ServerSideApply.apply(any, both, config(any, "'spec':{'a':{'b':1}}"), false, by("one", LATER));
        assertEquals(json("{'a':{'b':1,'d':3}}"), left.get("spec"));
    }

    @Test
    void whatIsPrunedIsOwnedFirst() {
        ResourceSchema free = Schemas.custom(
                "example.com/v1",
                "Thing",
                (tools.jackson.databind.JsonNode)
                        json(
                                "{'type':'object','properties':{'spec':{'type':'object','properties':{'g':{'type':'object'},"
                                        + "'a':{'type':'object','additionalProperties':true},'l':{'type':'array','items':{'type':'object'}}}}}}"));
        ObjectNode wanted = config(free, "'spec':{'g':{'x':1},'a':{'m':{'y':1}},'l':[{'z':1}]}");

        assertEquals(List.of(), free.conformApplied(wanted));
        ObjectNode applied = ServerSideApply.apply(free, null, wanted, false, by("one", NOW));

        assertEquals(json("{'g':{},'a':{'m':{}},'l':[{}]}"), applied.get("spec"));
        assertEquals(
                json("{'f:spec':{'f:a':{'f:m':{'.':{},'f:y':{}}},'f:g':{'f:x':{}},'f:l':{}}}"),
                applied.get("metadata").get("managedFields").get(0).get("fieldsV1"));
    }

    @Test
    void customListsByKey() {
        ResourceSchema keyed = Schemas.custom("example.com/v1", "Thing", (tools.jackson.databind.JsonNode)
                json("{'type':'object','properties':{'spec':{'type':'object','properties':{"
                        + "'m':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object',"
                        + "'properties':{'k':{'type':'string'},'v':{'type':'integer'}}}},"
                        + "'s':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},"
                        + "'a':{'type':'array','items':{'type':'string'}}}}}}"));
        ObjectNode one = ServerSideApply.apply(
                keyed,
                null,
                config(keyed, "'spec':{'m':[{'k':'x','v':1}],'s':['p'],'a':['q']}"),
                false,
                by("one", NOW));
        ObjectNode two = ServerSideApply.apply(
                keyed, one, config(keyed, "'spec':{'m':[{'k':'y','v':2}],'s':['r']}"), false, by("two", LATER));
        assertEquals(json("{'m':[{'k':'x','v':1},{'k':'y','v':2}],'s':['p','r'],'a':['q']}"), two.get("spec"));
        ObjectNode left =
                ServerSideApply.apply(keyed, two, config(keyed, "'spec':{'a':['q']}"), false, by("one", LATER));
        assertEquals(json("{'m':[{'k':'y','v':2}],'s':['r'],'a':['q']}"), left.get("spec"));
    }

    private static FieldWriter knowing(String manager, String... versions) {
        return new FieldWriter(manager, "", LATER, Set.of(), Set.of(versions), version -> Optional.empty());
    }

    private static ResourceSchema thing(String version, String fields) {
        return Schemas.custom(version, "Thing", (tools.jackson.databind.JsonNode)
                json("{'type':'object','properties':{'spec':{'type':'object','properties':{" + fields + "}}}}"));
    }

    private static FieldWriter with(String manager, ResourceSchema other) {
        Set<String> versions = Set.of("example.com/v1", "example.com/v1beta1");
        return new FieldWriter(
                manager,
                "",
                LATER,
                Set.of(),
                versions,
                version -> Optional.of(other).filter(schema -> schema.isNamed(version)));
    }

    @Test
    void aManagersVersionThatLacksAFieldRefuses() {
        ResourceSchema old = thing("example.com/v1beta1", "'a':{'type':'string'}");
        ResourceSchema now = thing("example.com/v1", "'a':{'type':'string'},'b':{'type':'string'}");
        ObjectNode live = ServerSideApply.apply(old, null, config(old, "'spec':{'a':'1'}"), false, with("one", now));
        live.put("apiVersion", "example.com/v1");
        assertEquals(
                "failed to convert new object: .spec.b: field not declared in schema",
                assertThrows(
                                StatusException.class,
                                () -> ServerSideApply.apply(
                                        now, live, config(now, "'spec':{'b':'2'}"), true, with("two", old)))
                        .getMessage());
        ObjectNode defaulted = live.deepCopy();
        defaulted.withObject("/spec").put("b", "2");
        StatusException refused = assertThrows(
                StatusException.class,
                () -> ServerSideApply.apply(now, defaulted, config(now, "'spec':{'a':'1'}"), true, with("one", old)));
        assertEquals(500, refused.code());
        assertEquals(".spec.b: field not declared in schema", refused.getMessage());
        ObjectNode updated = defaulted.deepCopy();
        updated.withObject("/spec").put("a", "3");
        ManagedFields.trackUpdate(now, defaulted, updated, with("three", old));
        assertTrue(updated.path("metadata").path("managedFields").isMissingNode());
    }

    @Test
    void managersOfVersionsThatAreGoneAreForgotten() {
        ObjectNode live =
                ServerSideApply.apply(CONFIG_MAP, null, config(CONFIG_MAP, "'data':{'a':'1'}"), false, by("one", NOW));
        ((ObjectNode) live.path("metadata").path("managedFields").get(0)).put("apiVersion", "v0");

        ObjectNode applied = ServerSideApply.apply(
                CONFIG_MAP, live, config(CONFIG_MAP, "'data':{'a':'2'}"), false, knowing("two", "v1"));
        assertEquals(List.of("two f:a"), owners(applied));
        ObjectNode patched = live.deepCopy();
        patched.withObject("/data").put("b", "3");
        ManagedFields.trackUpdate(CONFIG_MAP, live, patched, knowing("two", "v1"));
        assertEquals(List.of("two f:b"), owners(patched));
    }

    @Test
    void customResourcesWithManagersOfVersionsThatAreGoneCannotBeApplied() {
        ResourceSchema thing = Schemas.custom("example.com/v1", "Thing", Json.MAPPER.readTree("{\"type\":\"object\"}"));
        ObjectNode live = config(thing, "'metadata':{'name':'x'}");
        live.withObject("/metadata").set("managedFields", (tools.jackson.databind.JsonNode)
                json("[{'manager':'old','operation':'Apply','apiVersion':'example.com/v0','fieldsType':'FieldsV1',"
                        + "'fieldsV1':{'f:metadata':{'f:labels':{'f:a':{}}}}}]"));

        StatusException refused = assertThrows(
                StatusException.class,
                () -> ServerSideApply.apply(
                        thing, live, config(thing, "'metadata':{'name':'x'}"), true, knowing("two", "example.com/v1")));
        assertEquals(500, refused.code());
        assertEquals("request to convert CR to an invalid group/version: example.com/v0", refused.getMessage());
        ObjectNode patched = live.deepCopy();
        patched.withObject("/metadata").putObject("labels").put("b", "c");
        ManagedFields.trackUpdate(thing, live, patched, knowing("two", "example.com/v1"));
        assertEquals(false, patched.path("metadata").has("managedFields"));
    }

    @Test
    void anEmptyListResets() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/metadata").putArray("managedFields");
        ManagedFields.trackUpdate(CONFIG_MAP, live, changed, by("two", LATER));
        assertEquals(false, changed.get("metadata").has("managedFields"));
    }

    private static List<String> owners(ObjectNode object) {
        return object.get("metadata")
                .get("managedFields")
                .valueStream()
                .flatMap(entry -> entry.path("fieldsV1")
                        .path("f:data")
                        .propertyStream()
                        .map(field -> entry.get("manager").stringValue() + " " + field.getKey()))
                .toList();
    }

    private static ObjectNode withoutManagedFields(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.withObject("/metadata").remove("managedFields");
        return copy;
    }

    private static FieldWriter by(String manager, Instant time) {
        return new FieldWriter(manager, "", time, Set.of());
    }

    private static ObjectNode config(ResourceSchema schema, String fields) {
        String metadata = fields.contains("'metadata':{'name'") ? "" : "'metadata':{'name':'x','namespace':'n'},";
        return (ObjectNode) json("{'apiVersion':'" + schema.apiVersion() + "','kind':'" + schema.kind() + "',"
                + metadata + fields + "}");
    }

    private static Object json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
