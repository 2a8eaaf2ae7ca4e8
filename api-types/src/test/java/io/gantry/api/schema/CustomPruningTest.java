package io.gantry.api.schema;

import static io.gantry.api.schema.Things.json;
import static io.gantry.api.schema.Things.object;
import static io.gantry.api.schema.Things.schema;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What of a custom resource is kept, and what it gets, by its schema.
class CustomPruningTest {
    record Row(String name, String spec, String value, String expected) {}

    static Stream<Row> pruned() {
        return Stream.of(
                new Row(
                        "unknown goes",
                        "{'type':'object','properties':{'a':{'type':'string'}}}",
                        "{'a':'x','b':1}",
                        "{'a':'x'}"),
                new Row(
                        "unknown stays where preserved",
                        "{'type':'object','x-kubernetes-preserve-unknown-fields':true}",
                        "{'a':{'b':1}}",
                        "{'a':{'b':1}}"),
                new Row(
                        "known fields below preserved ones are pruned",
                        "{'type':'object','x-kubernetes-preserve-unknown-fields':true,'properties':{'a':{'type':'object','properties':{'x':{'type':'string'}}}}}",
                        "{'a':{'y':1},'b':{'z':1}}",
                        "{'a':{},'b':{'z':1}}"),
                new Row(
                        "maps",
                        "{'type':'object','additionalProperties':{'type':'object','properties':{'a':{'type':'string'}}}}",
                        "{'k':{'a':'1','b':2}}",
                        "{'k':{'a':'1'}}"),
                new Row(
                        "lists",
                        "{'type':'object','properties':{'l':{'type':'array','items':{'type':'object','properties':{'a':{'type':'string'}}}}}}",
                        "{'l':[{'a':'1','b':2}]}",
                        "{'l':[{'a':'1'}]}"),
                new Row(
                        "a list hands on that it preserves",
                        "{'type':'object','properties':{'l':{'type':'array','x-kubernetes-preserve-unknown-fields':true,'items':{'type':'array','items':"
                                + "{'type':'object','properties':{'k':{'type':'object'}}}}}}}",
                        "{'l':[[{'pipeline.id':'a','o':{'p':1},'k':{'j':1}}]]}",
                        "{'l':[[{'pipeline.id':'a','o':{'p':1},'k':{}}]]}"),
                new Row(
                        "an object in the place of a text loses its fields, unless they are preserved",
                        "{'type':'object','properties':{'t':{'type':'string'},'p':{'type':'string','x-kubernetes-preserve-unknown-fields':true}}}",
                        "{'t':{'a':1},'p':{'a':1}}",
                        "{'t':{},'p':{'a':1}}"),
                new Row(
                        "entries of any kind lose the fields of their objects",
                        "{'type':'object','additionalProperties':true}",
                        "{'x':1,'m':{'y':1},'l':[{'z':1},2]}",
                        "{'x':1,'m':{},'l':[{},2]}"),
                new Row(
                        "numbers are Go's",
                        "{'type':'object','x-kubernetes-preserve-unknown-fields':true,'properties':{'n':{'type':'number'}}}",
                        "{'n':73.0,'a':[2.50,1e3,1e20,1e10,100000000000000000001]}",
                        "{'n':73,'a':[2.5,1000,100000000000000000000,10000000000,100000000000000000000]}"),
                new Row(
                        "objects in place of texts lose their fields",
                        "{'type':'object','properties':{'l':{'type':'array','items':{'type':'string'}}}}",
                        "{'l':[{'a':1}]}",
                        "{'l':[{}]}"),
                new Row(
                        "wrong types are left to validation",
                        "{'type':'object','properties':{'a':{'type':'string'}}}",
                        "{'a':1}",
                        "{'a':1}"),
                new Row(
                        "nulls go unless nullable",
                        "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string','nullable':true}}}",
                        "{'a':null,'b':null}",
                        "{'b':null}"),
                new Row(
                        "empty containers stay",
                        "{'type':'object','properties':{'a':{'type':'object'},'l':{'type':'array','items':{'type':'string'}}}}",
                        "{'a':{},'l':[]}",
                        "{'a':{},'l':[]}"),
                new Row(
                        "embedded resources keep their metadata",
                        "{'type':'object','x-kubernetes-embedded-resource':true,'properties':{'spec':{'type':'object'}}}",
                        "{'apiVersion':'v1','kind':'X','metadata':{'name':'a','zzz':1},'other':1}",
                        "{'apiVersion':'v1','kind':'X','metadata':{'name':'a'}}"));
    }

    @ParameterizedTest
    @MethodSource("pruned")
    void prunes(Row row) {
        ObjectNode object = object(row.value);
        schema(row.spec).conform(object);
        assertEquals(row.expected.replace('\'', '"'), object.get("spec").toString());
        assertEquals(json(row.expected), object.get("spec"));
    }

    static Stream<Row> defaulted() {
        return Stream.of(
                new Row(
                        "absent",
                        "{'type':'object','properties':{'a':{'type':'string','default':'x'}}}",
                        "{}",
                        "{'a':'x'}"),
                new Row(
                        "defaults inside defaults",
                        "{'type':'object','properties':{'a':{'type':'object','default':{},'properties':{'b':{'type':'integer','default':1}}}}}",
                        "{}",
                        "{'a':{'b':1}}"),
                new Row(
                        "null that is not nullable",
                        "{'type':'object','properties':{'a':{'type':'string','default':'x'}}}",
                        "{'a':null}",
                        "{'a':'x'}"),
                new Row(
                        "null that is nullable",
                        "{'type':'object','properties':{'a':{'type':'string','nullable':true,'default':'x'}}}",
                        "{'a':null}",
                        "{'a':null}"),
                new Row(
                        "in what makes an object inside whole",
                        "{'type':'object','properties':{'o':{'type':'object','x-kubernetes-embedded-resource':true,'properties':{"
                                + "'apiVersion':{'type':'string','default':'v1'},'kind':{'type':'string','default':'Pod'},"
                                + "'metadata':{'type':'object','default':{},'properties':{'name':{'type':'string','default':'p'},"
                                + "'unknown':{'type':'string','default':'u'}}}}}}}",
                        "{'o':{}}",
                        "{'o':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}}}"),
                new Row(
                        "without what metadata does not have",
                        "{'type':'object','properties':{'a':{'type':'object','default':{'o':{'apiVersion':'v1','kind':'Pod',"
                                + "'metadata':{'name':'p','unknown':'u'}}},'properties':{'o':{'type':'object',"
                                + "'x-kubernetes-embedded-resource':true,'x-kubernetes-preserve-unknown-fields':true}}}}}",
                        "{}",
                        "{'a':{'o':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}}}}"),
                new Row(
                        "in lists",
                        "{'type':'object','properties':{'l':{'type':'array','items':{'type':'object','properties':{'a':{'type':'string','default':'x'}}}}}}",
                        "{'l':[{}]}",
                        "{'l':[{'a':'x'}]}"));
    }

    @ParameterizedTest
    @MethodSource("defaulted")
    void defaults(Row row) {
        ObjectNode object = object(row.value);
        ResourceSchema schema = schema(row.spec);
        schema.conform(object);
        schema.applyDefaults(object);
        assertEquals(json(row.expected), object.get("spec"));
    }

    /// As patches and admission leave it, which are conformed and defaulted only where they are not canonical.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'metadata':{'r':true}} | true",
                "{'metadata':{}}         | false",
                "{'metadata':{'r':true,'unknown':1}} | false",
            })
    void fieldsThatAreCalledMetadataAreLookedAt(String spec, boolean canonical) {
        ResourceSchema schema = schema(
                "{'type':'object','properties':{'metadata':{'type':'object','properties':{'r':{'type':'boolean','default':false}}}}}");
        assertEquals(canonical, schema.isCanonical(object(spec)));
    }
}
