package io.gantry.api.managedfields;

import static io.gantry.api.managedfields.Configurations.LATER;
import static io.gantry.api.managedfields.Configurations.NOW;
import static io.gantry.api.managedfields.Configurations.by;
import static io.gantry.api.managedfields.Configurations.config;
import static io.gantry.api.managedfields.Configurations.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Applies to custom resources, whose schemas say less.
class CustomResourceApplyTest {
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

    /// Two values of a field without a schema, and what their writers own then: the first, and the second.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'z':1,'y':2}|5|{'f:spec':{}}|{'f:spec':{'f:x':{}}}",
                "{'z':1,'y':2}|[]|{'f:spec':{}}|{'f:spec':{'f:x':{}}}",
                "5|{'z':{'p':1}}|{'f:spec':{}}|{'f:spec':{'f:x':{'.':{},'f:z':{'.':{},'f:p':{}}}}}"
            })
    void whatChangesItsFormIsOwnedAnew(String before, String after, String first, String second) {
        ResourceSchema any = Schemas.custom(
                "example.com/v1",
                "Thing",
                json("{'type':'object','properties':{'spec':{'type':'object','properties':{"
                        + "'x':{'x-kubernetes-preserve-unknown-fields':true}}}}}"));
        ObjectNode live = config(any, "'spec':{'x':" + before + "}");
        ManagedFields.trackCreate(any, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/spec").set("x", json(after));
        ManagedFields.trackUpdate(any, live, changed, by("two", LATER));
        assertEquals(json(first), changed.at("/metadata/managedFields/0/fieldsV1"));
        assertEquals(json(second), changed.at("/metadata/managedFields/1/fieldsV1"));
    }

    @Test
    void whatIsPrunedIsOwnedFirst() {
        ResourceSchema free = Schemas.custom(
                "example.com/v1",
                "Thing",
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
        ResourceSchema keyed = Schemas.custom(
                "example.com/v1",
                "Thing",
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
}
