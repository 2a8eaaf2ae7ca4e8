package io.gantry.api.schema;

import static io.gantry.api.schema.Things.object;
import static io.gantry.api.schema.Things.schema;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What is said of custom resources that do not fit their schema.
class CustomValidationTest {
    record Invalid(String name, String spec, String value, List<String> errors) {}

    static Stream<Invalid> invalid() {
        return Stream.of(
                new Invalid(
                        "fits",
                        "{'type':'object','properties':{'a':{'type':'integer','minimum':1}}}",
                        "{'a':1}",
                        List.of()),
                new Invalid(
                        "type",
                        "{'type':'object','properties':{'a':{'type':'string'}}}",
                        "{'a':1}",
                        List.of(
                                "spec.a: Invalid value: \"integer\": spec.a in body must be of type string: \"integer\"")),
                new Invalid(
                        "float for integer",
                        "{'type':'object','properties':{'a':{'type':'integer'}}}",
                        "{'a':1.5}",
                        List.of(
                                "spec.a: Invalid value: \"number\": spec.a in body must be of type integer: \"number\"",
                                "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in spec.a")),
                new Invalid(
                        "float for an integer with a format",
                        "{'type':'object','properties':{'a':{'type':'integer','format':'int32'}}}",
                        "{'a':1.5}",
                        List.of(
                                "spec.a: Invalid value: \"float64\": spec.a in body must be of type int32: \"float64\"",
                                "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in spec.a")),
                new Invalid(
                        "more than a format holds",
                        "{'type':'object','properties':{'a':{'type':'integer','format':'int32'}}}",
                        "{'a':3000000000}",
                        List.of(
                                "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in spec.a")),
                new Invalid(
                        "more than any integer",
                        "{'type':'object','properties':{'a':{'type':'integer'},'b':{'x-kubernetes-int-or-string':true}}}",
                        "{'a':9223372036854775808,'b':9223372036854775808}",
                        List.of(
                                "spec.a: Invalid value: \"number\": spec.a in body must be of type integer: \"number\"",
                                "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in spec.a",
                                "spec.b: Invalid value: \"number\": spec.b in body must be of type integer,string: \"number\"")),
                new Invalid(
                        "null",
                        "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string'}}}}",
                        "{'a':[null]}",
                        List.of(
                                "spec.a[0]: Invalid value: \"null\": spec.a[0] in body must be of type string: \"null\"")),
                new Invalid(
                        "required",
                        "{'type':'object','required':['a'],'properties':{'a':{'type':'string'}}}",
                        "{}",
                        List.of("spec.a: Required value")),
                new Invalid(
                        "enum, in its own order",
                        "{'type':'object','properties':{'a':{'type':'string','enum':['y','x']}}}",
                        "{'a':'z'}",
                        List.of("spec.a: Unsupported value: \"z\": supported values: \"y\", \"x\"")),
                new Invalid(
                        "enum of another type",
                        "{'type':'object','properties':{'a':{'type':'string','enum':['x']},'b':{'type':'integer','minimum':5}}}",
                        "{'a':1,'b':2.5}",
                        List.of(
                                "spec.a: Invalid value: \"integer\": spec.a in body must be of type string: \"integer\"",
                                "spec.a: Unsupported value: 1: supported values: \"x\"",
                                "spec.b: Invalid value: \"number\": spec.b in body must be of type integer: \"number\"",
                                "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in spec.b",
                                "spec.b: Invalid value: 2.5: spec.b in body should be greater than or equal to 5")),
                new Invalid(
                        "null is in no enum",
                        "{'type':'object','properties':{'a':{'type':'string','nullable':true,'enum':['x',null]}}}",
                        "{'a':null}",
                        List.of("spec.a: Unsupported value: null: supported values: \"x\", \"null\"")),
                new Invalid(
                        "a length before a pattern",
                        "{'type':'object','properties':{'a':{'type':'string','minLength':2,'pattern':'^a+$'}}}",
                        "{'a':'b'}",
                        List.of("spec.a: Invalid value: \"b\": spec.a in body should be at least 2 chars long")),
                new Invalid(
                        "neither of any",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true,'anyOf':[{'type':'integer'},{'type':'string'}]}}}",
                        "{'a':true}",
                        List.of(
                                "spec.a: Invalid value: \"boolean\": spec.a in body must be of type integer,string: \"boolean\"",
                                "<nil>: Invalid value: \"\": \"spec.a\" must validate at least one schema (anyOf)",
                                "spec.a: Invalid value: \"boolean\": spec.a in body must be of type integer: \"boolean\"")),
                new Invalid(
                        "a set of objects",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'object',"
                                + "'x-kubernetes-map-type':'atomic','properties':{'k':{'type':'string'},'b':{'type':'string'}}}}}}",
                        "{'a':[{'k':'x','b':'y'},{'k':'x','b':'y'}]}",
                        List.of("spec.a[1]: Duplicate value: {\"b\":\"y\",\"k\":\"x\"}")),
                new Invalid(
                        "pattern",
                        "{'type':'object','properties':{'a':{'type':'string','pattern':'^a+$'}}}",
                        "{'a':'b'}",
                        List.of("spec.a: Invalid value: \"b\": spec.a in body should match '^a+$'")),
                new Invalid(
                        "bounds",
                        "{'type':'object','properties':{'a':{'type':'integer','minimum':1,'maximum':5},'b':{'type':'number','maximum':2,'exclusiveMaximum':true}}}",
                        "{'a':0,'b':2}",
                        List.of(
                                "spec.a: Invalid value: 0: spec.a in body should be greater than or equal to 1",
                                "spec.b: Invalid value: 2: spec.b in body should be less than 2")),
                new Invalid(
                        "lengths",
                        "{'type':'object','properties':{'a':{'type':'string','maxLength':2},'b':{'type':'string','minLength':2}}}",
                        "{'a':'xyz','b':'x'}",
                        List.of(
                                "spec.a: Too long: may not be more than 2 bytes",
                                "spec.b: Invalid value: \"x\": spec.b in body should be at least 2 chars long")),
                new Invalid(
                        "items",
                        "{'type':'object','properties':{'a':{'type':'array','maxItems':1,'items':{'type':'string'}},'b':{'type':'array','minItems':1,'items':{'type':'string'}}}}",
                        "{'a':['x','y'],'b':[]}",
                        List.of(
                                "spec.a: Too many: 2: must have at most 1 item",
                                "spec.b: Invalid value: 0: spec.b in body should have at least 1 items")),
                new Invalid(
                        "multipleOf",
                        "{'type':'object','properties':{'a':{'type':'integer','multipleOf':5}}}",
                        "{'a':7}",
                        List.of("spec.a: Invalid value: 7: spec.a in body should be a multiple of 5")),
                new Invalid(
                        "oneOf",
                        "{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},'oneOf':[{'required':['a']},{'required':['b']}]}",
                        "{'a':'x','b':'y'}",
                        List.of(
                                "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found 2 valid alternatives")),
                new Invalid(
                        "anyOf",
                        "{'type':'object','properties':{'a':{'type':'string'}},'anyOf':[{'required':['a']},{'required':['b']}]}",
                        "{}",
                        List.of(
                                "<nil>: Invalid value: \"\": \"spec\" must validate at least one schema (anyOf)",
                                "spec.a: Required value")),
                new Invalid(
                        "not",
                        "{'type':'object','properties':{'a':{'type':'string','not':{'enum':['x']}}}}",
                        "{'a':'x'}",
                        List.of("<nil>: Invalid value: \"\": \"spec.a\" must not validate the schema (not)")),
                new Invalid(
                        "int or string",
                        "{'type':'object','properties':{'a':{'x-kubernetes-int-or-string':true}}}",
                        "{'a':true}",
                        List.of(
                                "spec.a: Invalid value: \"boolean\": spec.a in body must be of type integer,string: \"boolean\"")),
                new Invalid(
                        "set",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}}}",
                        "{'a':['x','x']}",
                        List.of("spec.a[1]: Duplicate value: \"x\"")),
                new Invalid(
                        "a set with something three times",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}}}",
                        "{'a':['x','x','x']}",
                        List.of("spec.a[1]: Duplicate value: \"x\"")),
                new Invalid(
                        "a set in a map",
                        "{'type':'object','additionalProperties':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}}",
                        "{'m':['x','x']}",
                        List.of("spec[m][1]: Duplicate value: \"x\"")),
                new Invalid(
                        "an object inside",
                        "{'type':'object','properties':{'a':{'type':'object','x-kubernetes-embedded-resource':true,'properties':{'x':{'type':'string'}}}}}",
                        "{'a':{'kind':'Pod','metadata':{'name':'a/b'}}}",
                        List.of(
                                "spec.a.apiVersion: Required value",
                                "spec.a.metadata.name: Invalid value: \"a/b\": may not contain '/'")),
                new Invalid(
                        "list map",
                        "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object','properties':{'k':{'type':'string'}}}}}}",
                        "{'a':[{'k':'x'},{'k':'x'}]}",
                        List.of("spec.a[1]: Duplicate value: {\"k\":\"x\"}")),
                new Invalid(
                        "formats",
                        "{'type':'object','properties':{'a':{'type':'string','format':'date-time'},'b':{'type':'string','format':'ipv4'},'c':{'type':'string','format':'unheard-of'},'d':{'type':'string','format':'uuid'}}}",
                        "{'a':'yesterday','b':'1.2.3.4','c':'x','d':'x'}",
                        List.of(
                                "spec.a: Invalid value: \"yesterday\": spec.a in body must be of type date-time: \"yesterday\"",
                                "spec.d: Invalid value: \"x\": spec.d in body must be of type uuid: \"x\"")),
                new Invalid(
                        "a format's text is quoted",
                        "{'type':'object','properties':{'a':{'type':'string','format':'byte'}}}",
                        "{'a':'\\\\t'}",
                        List.of("spec.a: Invalid value: \"\\\\t\": spec.a in body must be of type byte: \"\\\\t\"")));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void validates(Invalid row) {
        FieldErrors errors = new FieldErrors();
        ResourceSchema schema = schema(row.spec);
        schema.validate(object(row.value), errors);
        schema.validateEmbedded(object(row.value), errors);
        schema.validateLists(object(row.value), Optional.empty(), errors);
        assertEquals(row.errors, errors.all().stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "['x','x'] | ['x','x','y','y'] | ",
                "['x','y'] | ['x','x'] | spec.a[1]: Duplicate value: \"x\"",
            })
    void setsThatHadFaultsAreNotLookedAt(String old, String now, String fault) {
        ResourceSchema schema = schema(
                "{'type':'object','properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}}}}");
        FieldErrors errors = new FieldErrors();
        schema.validateLists(object("{'a':" + now + "}"), Optional.of(object("{'a':" + old + "}")), errors);
        assertEquals(
                fault == null ? List.of() : List.of(fault),
                errors.all().stream().map(Object::toString).toList());
    }

    record Update(String name, String spec, String old, String now, List<String> errors) {}

    static Stream<Update> updates() {
        String listMap =
                "{'type':'object','properties':{'a':{'type':'array','maxItems':1,'x-kubernetes-list-type':'map',"
                        + "'x-kubernetes-list-map-keys':['k'],'items':{'type':'object','properties':{'k':{'type':'string'},"
                        + "'v':{'type':'string'}}}}}}";
        return Stream.of(
                new Update(
                        "elements of a list map in another order",
                        listMap,
                        "{'a':[{'k':'x','v':'1'},{'k':'y','v':'2'}]}",
                        "{'a':[{'k':'y','v':'2'},{'k':'x','v':'1'}]}",
                        List.of()),
                new Update(
                        "an element of a list map changed",
                        listMap,
                        "{'a':[{'k':'x','v':'1'},{'k':'y','v':'2'}]}",
                        "{'a':[{'k':'y','v':'2'},{'k':'x','v':'3'}]}",
                        List.of("spec.a: Too many: 2: must have at most 1 item")),
                new Update(
                        "fields that nobody declared are never as they were",
                        "{'type':'object','properties':{'a':{'type':'object','x-kubernetes-preserve-unknown-fields':true,'maxProperties':1}}}",
                        "{'a':{'x':1,'y':2}}",
                        "{'a':{'x':1,'y':2},'b':1}",
                        List.of("spec.a: Too many: 2: must have at most 1 item")),
                new Update(
                        "objects inside are checked also where nothing changed",
                        "{'type':'object','properties':{'a':{'type':'object','x-kubernetes-embedded-resource':true,"
                                + "'x-kubernetes-preserve-unknown-fields':true}}}",
                        "{'a':{'apiVersion':'v1','kind':''}}",
                        "{'a':{'apiVersion':'v1','kind':''}}",
                        List.of("spec.a.kind: Invalid value: \"\": must not be empty")));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void ratchets(Update row) {
        FieldErrors errors = new FieldErrors();
        ResourceSchema schema = schema(row.spec);
        ObjectNode now = object(row.now);
        ObjectNode old = object(row.old);
        schema.validateUpdate(now, old, errors);
        schema.validateEmbedded(now, errors);
        schema.validateLists(now, Optional.of(old), errors);
        assertEquals(row.errors, errors.all().stream().map(Object::toString).toList());
    }

    @Test
    void theVersionIsCheckedAlsoWhereNothingChanged() {
        ResourceSchema schema = Schemas.custom(
                "example.com/v1",
                "Thing",
                Json.MAPPER.readTree(
                        "{\"type\":\"object\",\"properties\":{\"apiVersion\":{\"type\":\"string\",\"pattern\":\"^b$\"}}}"));
        ObjectNode object = object("{'a':1}");
        object.put("apiVersion", "a");
        FieldErrors errors = new FieldErrors();
        schema.validateUpdate(object, object.deepCopy(), errors);
        assertEquals(
                List.of("apiVersion: Invalid value: \"a\": apiVersion in body should match '^b$'"),
                errors.all().stream().map(Object::toString).toList());
    }
}
