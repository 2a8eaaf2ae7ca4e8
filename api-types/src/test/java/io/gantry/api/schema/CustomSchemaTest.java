package io.gantry.api.schema;

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

class CustomSchemaTest {
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

    record Format(String format, String text, boolean accepted) {}

    static Stream<Format> formats() {
        return Stream.of(
                new Format("ipv6", "::1", true),
                new Format("ipv6", "fe80::1:2", true),
                new Format("ipv6", "1:2:3:4:5:6:7:8", true),
                new Format("ipv6", "::ffff:1.2.3.4", true),
                new Format("ipv6", "1::2::3", false),
                new Format("ipv6", "1.2.3.4", false),
                new Format("ipv4", "01.2.3.4", true),
                new Format("ipv4", "::ffff:1.2.3.4", true),
                new Format("ipv4", "1.2.3.256", false),
                new Format("cidr", "10.0.0.0/8", true),
                new Format("cidr", "10.0.0.0/33", false),
                new Format("cidr", "fd00::/64", true),
                new Format("mac", "00:1b:44:11:3a:b7", true),
                new Format("duration", "1h30m", true),
                new Format("duration", "1.5", false),
                new Format("email", "a@b.c", true),
                new Format("email", "a", false),
                new Format("uri", "https://a/b", true),
                new Format("uri", "a b", false),
                new Format("date", "2026-02-30", false),
                new Format("byte", "YQ==", true),
                new Format("byte", "*", false),
                new Format("byte", "asd", false),
                new Format("byte", "", false),
                new Format("hostname", "Host1", true),
                new Format("hostname", "my-host", false),
                new Format("hostname", "a.b", false),
                new Format("hostname", "a.example", true),
                new Format("hostname", "a_b.example", false),
                new Format("cidr", "010.0.0.0/08", true),
                new Format("mac", "001b.4411.3ab7", true),
                new Format("mac", "00:1b-44:11:3a:b7", false),
                new Format("mac", "00:1b:44:11:3a", false),
                new Format("duration", "3 days", true),
                new Format("duration", "3 moons", false),
                new Format("email", "Ann <a@b.c>", true),
                new Format("email", "\"a b\"@b.c (Ann)", true),
                new Format("email", "a..b@c", false),
                new Format("email", "a@[1.2.3.4]", true),
                new Format("email", "x: a@b;", true),
                new Format("email", "a@b, c@d", false),
                new Format("uri", "mailto:a@b", true),
                new Format("uri", "http://a b/", false),
                new Format("uri", "http://a/b c", true),
                new Format("uri", "./a", false),
                new Format("date", "12026-02-03", false),
                new Format("date", "2026-02-03", true),
                new Format("date-time", "2026-02-03t10:00:00Z", true),
                new Format("date-time", "2026-02-03 10:00:00Z", false),
                new Format("datetime", "2026-02-03T24:00:00Z", false),
                new Format("uuid", "0123456789ABCDEF0123456789abcdef", true),
                new Format("uuid4", "01234567-89ab-4def-0123-456789abcdef", false),
                new Format("uuid4", "01234567-89ab-4def-8123-456789abcdef", true),
                new Format("isbn", "978-0321751041", true),
                new Format("isbn10", "0321751043", true),
                new Format("isbn10", "0321751044", false),
                new Format("creditcard", "4220 8554 2622 2389", true),
                new Format("creditcard", "4220855426213389", false),
                new Format("ssn", "123-45-6789", true),
                new Format("ssn", "123456789", false),
                new Format("rgbcolor", "rgb(0, 31,255)", true),
                new Format("rgbcolor", "rgb(0,31,256)", false),
                new Format("hexcolor", "#fff", true),
                new Format("k8s-short-name", "a-b", true),
                new Format("k8s-long-name", "a".repeat(70) + ".b", true),
                new Format("unheard-of", "x", true));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void checksFormats(Format row) {
        assertEquals(row.accepted, Formats.accepts(row.format, row.text), row.toString());
    }

    private static ResourceSchema schema(String spec) {
        return Schemas.custom(
                "example.com/v1",
                "Thing",
                Json.MAPPER.readTree(("{'type':'object','properties':{'spec':" + spec + "}}").replace('\'', '"')));
    }

    private static ObjectNode object(String spec) {
        return (ObjectNode)
                json("{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a'},'spec':" + spec + "}");
    }

    private static Object json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
