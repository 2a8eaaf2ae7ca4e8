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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.Kind;
import io.gantry.api.schema.FieldValidation;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an apply changes and owns, and when it is refused.
class ServerSideApplyTest {
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
                        "a map that is applied empty stays when its last key goes",
                        DeploymentKind.KIND,
                        "'spec':{'template':{'spec':{'volumes':[{'name':'v','emptyDir':{'medium':'Memory'}}]}}}",
                        "'spec':{'template':{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}}",
                        "'spec':{'template':{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}}"),
                new Twice(
                        "items without a name have the empty one",
                        DeploymentKind.KIND,
                        "'spec':{'template':{'spec':{'containers':[{'image':'1'},{'name':'b'}]}}}",
                        "'spec':{'template':{'spec':{'containers':[{'image':'2'}]}}}",
                        "'spec':{'template':{'spec':{'containers':[{'image':'2'}]}}}"),
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
        assertEquals(List.of("two f:a", "one f:a"), owners(shared));
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
        ResourceSchema accounts = Schemas.of(ServiceAccountKind.KIND);
        ObjectNode wanted = config(accounts, "'foo':1,'secrets':[{'namespace':'a'},{'name':'b'}]");
        StatusException refused = assertThrows(
                StatusException.class,
                () -> ServerSideApply.decode(
                        accounts, new Body(wanted.deepCopy()), () -> wanted, FieldValidation.IGNORE));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .endsWith("errors:\n  .foo: field not declared in schema\n"
                                + "  .secrets: element 0: associative list with keys has an"
                                + " element that omits all key fields [\"name\"] (and doesn't have default values"
                                + " for any key fields)"),
                refused::toString);
    }

    /// Each list that is keyed by what Go always writes, and what an item without keys is known by.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'containers':[{'image':'i'}]|f:containers|k:{'name':''}",
                "'containers':[{'ports':[{'name':'p'}]}]|f:ports|k:{'containerPort':0,'protocol':'TCP'}",
                "'containers':[{'env':[{'value':'v'}]}]|f:env|k:{'name':''}",
                "'containers':[{'volumeMounts':[{'name':'v'}]}]|f:volumeMounts|k:{'mountPath':''}",
                "'volumes':[{'emptyDir':{}}]|f:volumes|k:{'name':''}",
                "'imagePullSecrets':[{}]|f:imagePullSecrets|k:{'name':''}",
                "'hostAliases':[{'hostnames':['a']}]|f:hostAliases|k:{'ip':''}",
                "'topologySpreadConstraints':[{'maxSkew':1}]|f:topologySpreadConstraints"
                        + "|k:{'topologyKey':'','whenUnsatisfiable':''}"
            })
    void whatGoAlwaysWritesIsAKeyThoughItIsEmpty(String spec, String list, String key) {
        ObjectNode wanted = config(DEPLOYMENT, "'spec':{'template':{'spec':{" + spec + "}}}");
        ServerSideApply.decode(DEPLOYMENT, new Body(wanted), wanted::deepCopy, FieldValidation.STRICT);
        ObjectNode applied = ServerSideApply.apply(DEPLOYMENT, null, wanted, false, by("me", NOW));
        JsonNode owned = applied.at("/metadata/managedFields/0/fieldsV1").findValue(list);
        assertEquals(List.of(key.replace('\'', '"')), List.copyOf(owned.propertyNames()));
    }

    @Test
    void whoAppliesWhatIsThereHasNoTime() {
        ObjectNode live =
                ServerSideApply.apply(CONFIG_MAP, null, config(CONFIG_MAP, "'data':{'a':'1'}"), false, by("one", NOW));
        ObjectNode both = ServerSideApply.apply(
                CONFIG_MAP, live, config(CONFIG_MAP, "'data':{'a':'1'}"), false, by("two", LATER));
        assertEquals(List.of("two null", "one 2026-01-01T00:00:00Z"), times(both));
        ObjectNode less =
                ServerSideApply.apply(CONFIG_MAP, both, config(CONFIG_MAP, "'data':{}"), false, by("one", LATER));
        assertEquals(List.of("two null", "one 2026-01-01T00:00:00Z"), times(less));
        ObjectNode none =
                ServerSideApply.apply(CONFIG_MAP, less, config(CONFIG_MAP, "'data':{}"), false, by("two", LATER));
        assertEquals(List.of("one 2026-01-01T00:00:00Z", "two 2026-01-01T01:00:00Z"), times(none));
    }

    private static List<String> times(ObjectNode object) {
        return object.at("/metadata/managedFields")
                .valueStream()
                .map(entry -> entry.get("manager").stringValue() + " "
                        + entry.path("time").asString("null"))
                .toList();
    }

    private static ObjectNode withoutManagedFields(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.withObject("/metadata").remove("managedFields");
        return copy;
    }
}
