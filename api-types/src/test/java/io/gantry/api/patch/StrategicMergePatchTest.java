package io.gantry.api.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.schema.Schemas;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {
    record Row(String name, String original, String patch, String expected) {}

    static Stream<Row> patches() {
        return Stream.of(
                new Row(
                        "fields",
                        "{'spec':{'nodeName':'a','hostPID':true}}",
                        "{'spec':{'nodeName':'b'}}",
                        "{'spec':{'nodeName':'b','hostPID':true}}"),
                new Row(
                        "null deletes",
                        "{'spec':{'nodeName':'a'}}",
                        "{'spec':{'nodeName':null,'hostname':null}}",
                        "{'spec':{}}"),
                new Row(
                        "by merge key",
                        "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}",
                        "{'spec':{'containers':[{'name':'b','image':'2'}]}}",
                        "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}"),
                new Row(
                        "new elements",
                        "{'spec':{'containers':[{'name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'c'},{'name':'b','env':null}]}}",
                        "{'spec':{'containers':[{'name':'c'},{'name':'b','env':null},{'name':'a'}]}}"),
                new Row(
                        "$patch delete in a list",
                        "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                        "{'spec':{'containers':[{'$patch':'delete','name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'b'}]}}"),
                new Row(
                        "$patch replace in a list",
                        "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                        "{'spec':{'containers':[{'name':'c'},{'$patch':'replace'}]}}",
                        "{'spec':{'containers':[{'name':'c'}]}}"),
                new Row(
                        "$patch replace in a map",
                        "{'metadata':{'labels':{'a':'1'}}}",
                        "{'metadata':{'labels':{'$patch':'replace','b':'2'}}}",
                        "{'metadata':{'labels':{'b':'2'}}}"),
                new Row(
                        "$patch delete in a map",
                        "{'spec':{'securityContext':{'runAsUser':1}}}",
                        "{'spec':{'securityContext':{'$patch':'delete'}}}",
                        "{'spec':{'securityContext':{}}}"),
                new Row(
                        "atomic lists are replaced",
                        "{'spec':{'containers':[{'name':'a','args':['x']}]}}",
                        "{'spec':{'containers':[{'name':'a','args':['y']}]}}",
                        "{'spec':{'containers':[{'name':'a','args':['y']}]}}"),
                new Row(
                        "sets merge",
                        "{'metadata':{'finalizers':['a','b']}}",
                        "{'metadata':{'finalizers':['b','c']}}",
                        "{'metadata':{'finalizers':['a','b','c']}}"),
                new Row(
                        "$deleteFromPrimitiveList",
                        "{'metadata':{'finalizers':['a','b','c']}}",
                        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['b']}}",
                        "{'metadata':{'finalizers':['a','c']}}"),
                new Row(
                        "$setElementOrder",
                        "{'spec':{'containers':[{'name':'a'},{'name':'b'},{'name':'server'}]}}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}],'containers':[{'name':'a','image':'2'}]}}",
                        "{'spec':{'containers':[{'name':'b'},{'name':'a','image':'2'},{'name':'server'}]}}"),
                new Row(
                        "what is added comes after what the server has beside it, when something is deleted",
                        "{'spec':{'containers':[{'name':'a'},{'name':'b'},{'name':'server'}]}}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'c'}],'containers':[{'name':'c'},{'$patch':'delete','name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'b'},{'name':'server'},{'name':'c'}]}}"),
                new Row(
                        "$setElementOrder alone",
                        "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'b'},{'name':'a'}]}}"),
                new Row(
                        "$setElementOrder of scalars",
                        "{'metadata':{'finalizers':['a','b']}}",
                        "{'metadata':{'$setElementOrder/finalizers':['b','c','a'],'finalizers':['c']}}",
                        "{'metadata':{'finalizers':['b','c','a']}}"),
                new Row(
                        "$retainKeys",
                        "{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
                        "{'spec':{'volumes':[{'$retainKeys':['name','hostPath'],'name':'v','hostPath':{'path':'/x'}}]}}",
                        "{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}}"),
                new Row(
                        "into nothing",
                        "{}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'a','image':null}]}}",
                        "{'spec':{'containers':[{'name':'a'}]}}"),
                new Row(
                        "a new map is stripped of nulls",
                        "{'metadata':{}}",
                        "{'metadata':{'labels':{'a':null,'b':'1'}}}",
                        "{'metadata':{'labels':{'b':'1'}}}"),
                new Row(
                        "free maps",
                        "{'metadata':{'annotations':{'a':'1','b':'2'}}}",
                        "{'metadata':{'annotations':{'a':null,'c':'3'}}}",
                        "{'metadata':{'annotations':{'b':'2','c':'3'}}}"));
    }

    @ParameterizedTest
    @MethodSource("patches")
    void patches(Row row) {
        assertEquals(
                json(row.expected),
                StrategicMergePatch.apply(Schemas.of(PodKind.KIND), json(row.original), json(row.patch)));
    }

    record Refused(String name, String original, String patch, int code, String expected) {}

    static Stream<Refused> refused() {
        String named = "{'spec':{'containers':[{'name':'a'}]}}";
        return Stream.of(
                new Refused(
                        "no merge key",
                        named,
                        "{'spec':{'containers':[{'image':'a','args':['x','y']}]}}",
                        500,
                        "map: map[args:[x y] image:a] does not contain declared merge key: name"),
                new Refused(
                        "a deletion without its key",
                        named,
                        "{'spec':{'containers':[{'$patch':'delete'}]}}",
                        500,
                        "map: map[$patch:delete] does not contain declared merge key: name"),
                new Refused(
                        "unknown directive",
                        "{'spec':{}}",
                        "{'spec':{'$patch':'x'}}",
                        500,
                        "unknown patch type: x in map: map[$patch:x]"),
                new Refused(
                        "unknown directive in a list",
                        named,
                        "{'spec':{'containers':[{'name':'a','$patch':'x'}]}}",
                        500,
                        "unknown patch type: x in map: map[$patch:x name:a]"),
                new Refused(
                        "merged lists",
                        named,
                        "{'spec':{'containers':[{'name':'a','$patch':'merge'}]}}",
                        500,
                        "merging lists cannot yet be specified in the patch"),
                new Refused(
                        "another order",
                        named,
                        "{'spec':{'$setElementOrder/containers':[{'name':'b'}],'containers':[{'name':'c'}]}}",
                        500,
                        "The order in patch list:\n[map[name:c]]\n doesn't match $setElementOrder list:\n[map[name:b]]\n"),
                new Refused(
                        "an order that is no list",
                        named,
                        "{'spec':{'$setElementOrder/containers':'a'}}",
                        500,
                        "expected a []interface {}, but received a string"),
                new Refused(
                        "an order of null",
                        named,
                        "{'spec':{'$setElementOrder/containers':[],'containers':null}}",
                        500,
                        "expected a []interface {}, but received a %!s(<nil>)"),
                new Refused(
                        "an order of what there is not",
                        named,
                        "{'spec':{'$setElementOrder/zork':[{'name':'a'}]}}",
                        500,
                        "unable to find api field in struct PodSpec for the json field \"zork\""),
                new Refused(
                        "an order of nothing",
                        named,
                        "{'spec':{'$setElementOrder':[]}}",
                        400,
                        "invalid patch format of setElementOrder list"),
                new Refused(
                        "deletes from nothing",
                        named,
                        "{'spec':{'$deleteFromPrimitiveList':[]}}",
                        400,
                        "invalid patch format of primitive list"),
                new Refused(
                        "elements of another type",
                        named,
                        "{'spec':{'containers':['x']}}",
                        500,
                        "list element types are not identical: [[map[name:a]] [x]]"),
                new Refused(
                        "lists in lists",
                        "{'metadata':{'finalizers':[['a']]}}",
                        "{'metadata':{'finalizers':['a']}}",
                        422,
                        "the server rejected our request due to an error in our request"),
                new Refused(
                        "retainKeys leaves out",
                        "{'spec':{}}",
                        "{'spec':{'$retainKeys':['a'],'nodeName':'b'}}",
                        400,
                        "invalid patch format of retainKeys"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused row) {
        StatusException error = assertThrows(
                StatusException.class,
                () -> StrategicMergePatch.apply(Schemas.of(PodKind.KIND), json(row.original), json(row.patch)));
        assertEquals(row.expected, error.getMessage());
        assertEquals(row.code, error.code());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void retainsKeysOfTheStrategy(Row row) {
        assertEquals(
                json(row.expected),
                StrategicMergePatch.apply(Schemas.of(DeploymentKind.KIND), json(row.original), json(row.patch)));
    }

    static Stream<Row> strategies() {
        return Stream.of(new Row(
                "Recreate drops rollingUpdate",
                "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
                "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}",
                "{'spec':{'strategy':{'type':'Recreate'}}}"));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
