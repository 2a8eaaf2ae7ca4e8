package io.gantry.api.managedfields;

import static io.gantry.api.managedfields.Configurations.CONFIG_MAP;
import static io.gantry.api.managedfields.Configurations.LATER;
import static io.gantry.api.managedfields.Configurations.NOW;
import static io.gantry.api.managedfields.Configurations.by;
import static io.gantry.api.managedfields.Configurations.config;
import static io.gantry.api.managedfields.Configurations.json;
import static io.gantry.api.managedfields.Configurations.owners;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Managers that wrote in another version than the one that is written now, or in one that is gone.
class ManagersOfVersionsTest {
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
        live.withObject("/metadata")
                .set(
                        "managedFields",
                        json(
                                "[{'manager':'old','operation':'Apply','apiVersion':'example.com/v0','fieldsType':'FieldsV1',"
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

    private static FieldWriter knowing(String manager, String... versions) {
        return new FieldWriter(manager, "", LATER, Set.of(), Set.of(versions), version -> Optional.empty());
    }

    private static ResourceSchema thing(String version, String fields) {
        return Schemas.custom(
                version,
                "Thing",
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
}
