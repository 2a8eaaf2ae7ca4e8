package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructuralSchemasTest {
    record Row(String name, String schema, List<String> errors) {}

    static Stream<Row> schemas() {
        return Stream.of(
                new Row(
                        "fine",
                        "{'type':'object','properties':{'spec':{'type':'object','properties':{'a':{'type':'string'}}}}}",
                        List.of()),
                new Row("preserving", "{'type':'object','x-kubernetes-preserve-unknown-fields':true}", List.of()),
                new Row("no type at the root", "{}", List.of("s.type: Required value: must not be empty at the root")),
                new Row(
                        "array at the root",
                        "{'type':'array','items':{'type':'string'}}",
                        List.of("s.type: Invalid value: \"array\": must be object at the root")),
                new Row(
                        "field without type",
                        "{'type':'object','properties':{'a':{}}}",
                        List.of("s.properties[a].type: Required value: must not be empty for specified object fields")),
                new Row(
                        "items without type",
                        "{'type':'object','properties':{'a':{'type':'array','items':{}}}}",
                        List.of(
                                "s.properties[a].items.type: Required value: must not be empty for specified array items")),
                new Row(
                        "array without items",
                        "{'type':'object','properties':{'a':{'type':'array'}}}",
                        List.of("s.properties[a].items: Required value: must be specified")),
                new Row(
                        "both kinds of properties",
                        "{'type':'object','properties':{'a':{'type':'object','properties':{},'additionalProperties':{'type':'string'}}}}",
                        List.of(
                                "s.properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")),
                new Row(
                        "metadata",
                        "{'type':'object','properties':{'metadata':{'type':'object','properties':{'labels':{'type':'object'}}}}}",
                        List.of(
                                "s.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")),
                new Row(
                        "metadata.name",
                        "{'type':'object','properties':{'metadata':{'type':'object','properties':{'name':{'type':'string','maxLength':5}}}}}",
                        List.of()),
                new Row(
                        "properties and all others",
                        "{'type':'object','properties':{'a':{'type':'object','properties':{'b':{'type':'string'}},'additionalProperties':true}}}",
                        List.of()),
                new Row(
                        "unknown type",
                        "{'type':'object','properties':{'a':{'type':'text'}}}",
                        List.of("s.properties[a].type: Unsupported value: \"text\": supported values: \"array\","
                                + " \"boolean\", \"integer\", \"number\", \"object\", \"string\"")),
                new Row(
                        "set of granular objects",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object','required':['k'],'properties':{'k':{'type':'string'}}}}}}}",
                        List.of(
                                "s.properties[a].items.x-kubernetes-list-type: Invalid value: \"map\": must be atomic as"
                                        + " item of a list with x-kubernetes-list-type=set")),
                new Row(
                        "optional map key",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object','properties':{'k':{'type':'string'}}}}}}",
                        List.of("s.properties[a].items.properties[k].default: Required value: this property is in"
                                + " x-kubernetes-list-map-keys, so it must have a default or be a required property")),
                new Row(
                        "default with an unknown field",
                        "{'type':'object','properties':{'a':{'type':'object','default':{'x':1},'properties':{'b':{'type':'string'}}}}}",
                        List.of("s.properties[a].default: Invalid value: {\"x\":1}: must not have unknown fields")),
                new Row(
                        "defaults of objects inside",
                        "{'type':'object','properties':{'a':{'type':'object','x-kubernetes-embedded-resource':true,'properties':{"
                                + "'kind':{'type':'string','default':''},'metadata':{'type':'object','properties':{"
                                + "'name':{'type':'string','default':'a/b'},'unknown':{'type':'string','default':'x'}}}},"
                                + "'default':{'apiVersion':'v1','kind':'Pod','metadata':{'unknown':'x'}}}}}",
                        List.of(
                                "s.properties[a].properties[kind].default: Invalid value: \"\": must result in valid metadata: kind: Invalid value: \"\": must not be empty",
                                "s.properties[a].properties[metadata].properties[name].default: Invalid value: \"a/b\": must result in valid metadata: metadata.name: Invalid value: \"a/b\": may not contain '/'")),
                new Row(
                        "a default that is no whole object",
                        "{'type':'object','properties':{'a':{'type':'object','x-kubernetes-embedded-resource':true,"
                                + "'x-kubernetes-preserve-unknown-fields':true,'default':{'apiVersion':'v1','metadata':{'name':1}}}}}",
                        List.of(
                                "s.properties[a].default.kind: Required value",
                                "s.properties[a].default.metadata: Invalid value: {\"name\":1}: json: cannot unmarshal number into Go struct field ObjectMeta.name of type string")),
                new Row(
                        "default in metadata",
                        "{'type':'object','properties':{'metadata':{'type':'object','properties':{'name':{'type':'string','default':'n'}}}}}",
                        List.of(
                                "s.properties[metadata].properties[name].default: Forbidden: must not be set in top-level metadata")),
                new Row(
                        "empty rule",
                        "{'type':'object','x-kubernetes-validations':[{'rule':' '}]}",
                        List.of("s.x-kubernetes-validations[0].rule: Required value: rule is not specified")),
                new Row(
                        "rule inside anyOf",
                        "{'type':'object','anyOf':[{'x-kubernetes-validations':[{'rule':'true'}]}]}",
                        List.of("s.anyOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural")),
                new Row(
                        "structure inside anyOf",
                        "{'type':'object','anyOf':[{'type':'object','properties':{'a':{'minimum':1}}}]}",
                        List.of(
                                "s.anyOf[0].type: Forbidden: must be empty to be structural",
                                "s.properties[a]: Required value: because it is defined in s.anyOf[0].properties[a]")),
                new Row(
                        "int or string",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}}}",
                        List.of()),
                new Row(
                        "int or string, first of all",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'allOf':[{'anyOf':[{'type':'integer'},{'type':'string'}]},{'pattern':'abc'}]}}}",
                        List.of()),
                new Row(
                        "int or string in another order",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'string'},{'type':'integer'}]}}}",
                        List.of(
                                "s.properties[a].anyOf[0].type: Forbidden: must be empty to be structural",
                                "s.properties[a].anyOf[1].type: Forbidden: must be empty to be structural")),
                new Row(
                        "int or string with a pattern",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'allOf':[{'anyOf':[{'type':'integer'},{'type':'string','pattern':'abc'}]}]}}}",
                        List.of(
                                "s.properties[a].allOf[0].anyOf[0].type: Forbidden: must be empty to be structural",
                                "s.properties[a].allOf[0].anyOf[1].type: Forbidden: must be empty to be structural")),
                new Row(
                        "several items inside not",
                        "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'},'not':{'items':[{'type':'string'}]}}}}",
                        List.of(
                                "s.properties[a].not.items: Forbidden: items must be a schema object and not an array")),
                new Row(
                        "int or string that preserves",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'x-kubernetes-preserve-unknown-fields':true}}}",
                        List.of(
                                "s.properties[a].x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true")),
                new Row(
                        "keys of a list map",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object','properties':{'k':{'type':'string'}}}}}}",
                        List.of(
                                "s.properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")),
                new Row(
                        "default that does not fit",
                        "{'type':'object','properties':{'a':{'type':'integer','default':'x'}}}",
                        List.of(
                                "s.properties[a].default: Invalid value: \"string\": s.properties[a].default in body must be of type integer: \"string\"")),
                new Row(
                        "unique items",
                        "{'type':'object','properties':{'a':{'type':'array','uniqueItems':true,'items':{'type':'string'}}}}",
                        List.of(
                                "s.properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void validates(Row row) {
        FieldErrors errors = new FieldErrors();
        StructuralSchemas.validate(Json.MAPPER.readTree(row.schema.replace('\'', '"')), "s", errors);
        assertEquals(row.errors, errors.all().stream().map(Object::toString).toList());
    }
}
