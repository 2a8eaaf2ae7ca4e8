package io.gantry.api.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ObjectMetaRulesTest {
    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
            + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String QUALIFIED =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                    + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    record Row(String name, NameForm form, boolean namespaced, String metadata, List<String> errors) {}

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "fine",
                        NameForm.SUBDOMAIN,
                        true,
                        "{'name':'a.b-c','namespace':'n','labels':{'a.b/c':'d'},'finalizers':['a/b']}",
                        List.of()),
                new Row(
                        "no name",
                        NameForm.SUBDOMAIN,
                        true,
                        "{'namespace':'n'}",
                        List.of("metadata.name: Required value: name or generateName is required")),
                new Row(
                        "upper case",
                        NameForm.SUBDOMAIN,
                        true,
                        "{'name':'A','namespace':'n'}",
                        List.of("metadata.name: Invalid value: \"A\": " + SUBDOMAIN)),
                new Row(
                        "too long",
                        NameForm.LABEL,
                        false,
                        "{'name':'" + "a".repeat(64) + "'}",
                        List.of("metadata.name: Invalid value: \"" + "a".repeat(64)
                                + "\": must be no more than 63 bytes")),
                new Row(
                        "dots in a label",
                        NameForm.LABEL,
                        false,
                        "{'name':'a.b'}",
                        List.of("metadata.name: Invalid value: \"a.b\": must not contain dots")),
                new Row(
                        "service that starts with a digit",
                        NameForm.of("", "Service"),
                        true,
                        "{'name':'1a','namespace':'n'}",
                        List.of()),
                new Row("colons in roles", NameForm.PATH_SEGMENT, false, "{'name':'system:node'}", List.of()),
                new Row(
                        "slash in roles",
                        NameForm.PATH_SEGMENT,
                        false,
                        "{'name':'a/b'}",
                        List.of("metadata.name: Invalid value: \"a/b\": may not contain '/'")),
                new Row(
                        "generated",
                        NameForm.SUBDOMAIN,
                        true,
                        "{'generateName':'a-','name':'a-x','namespace':'n'}",
                        List.of()),
                new Row(
                        "namespace where none is",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','namespace':'n'}",
                        List.of("metadata.namespace: Forbidden: not allowed on this type")),
                new Row(
                        "bad label key",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','labels':{'-':'x'}}",
                        List.of("metadata.labels: Invalid value: \"-\": " + QUALIFIED)),
                new Row(
                        "bad prefix",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','labels':{'/b':'x'}}",
                        List.of("metadata.labels: Invalid value: \"/b\": prefix part must be non-empty")),
                new Row(
                        "annotations may be upper case",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','annotations':{'A.B/c':'x'}}",
                        List.of()),
                new Row(
                        "annotations too great",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','annotations':{'a':'" + "x".repeat(256 * 1024) + "'}}",
                        List.of("metadata.annotations: Too long: may not be more than 262144 bytes")),
                new Row(
                        "owner without uid",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'x'}]}",
                        List.of("metadata.ownerReferences.uid: Invalid value: \"\": must not be empty")),
                new Row(
                        "two controllers",
                        NameForm.SUBDOMAIN,
                        false,
                        "{'name':'a','ownerReferences':[{'apiVersion':'v1','kind':'A','name':'x','uid':'1','controller':true},{'apiVersion':'v1','kind':'B','name':'y','uid':'2','controller':true}]}",
                        List.of(
                                "metadata.ownerReferences: Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"A\",\"name\":\"x\",\"uid\":\"1\",\"controller\":true},{\"apiVersion\":\"v1\",\"kind\":\"B\",\"name\":\"y\",\"uid\":\"2\",\"controller\":true}]: Only one reference can have Controller set to true. Found \"true\" in references for A/x and B/y")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void validates(Row row) {
        FieldErrors errors = new FieldErrors();
        ObjectMetaRules.validate(json(row.metadata), row.namespaced, row.form, errors);
        assertEquals(row.errors, errors.all().stream().map(Object::toString).toList());
    }

    record Update(String name, String metadata, String old, List<String> errors) {}

    static Stream<Update> updates() {
        return Stream.of(
                new Update(
                        "fine",
                        "{'name':'a','resourceVersion':'1','labels':{'x':'y'}}",
                        "{'name':'a','resourceVersion':'1'}",
                        List.of()),
                new Update(
                        "renamed",
                        "{'name':'b','resourceVersion':'1'}",
                        "{'name':'a'}",
                        List.of("metadata.name: Invalid value: \"b\": field is immutable")),
                new Update(
                        "uid",
                        "{'name':'a','uid':'2','resourceVersion':'1'}",
                        "{'name':'a','uid':'1'}",
                        List.of("metadata.uid: Invalid value: \"2\": field is immutable")),
                new Update(
                        "no revision",
                        "{'name':'a'}",
                        "{'name':'a'}",
                        List.of("metadata.resourceVersion: Invalid value: \"\": must be specified for an update")),
                new Update(
                        "finalizers while it is deleted",
                        "{'name':'a','resourceVersion':'1','deletionTimestamp':'x','finalizers':['a/a','b/b']}",
                        "{'name':'a','deletionTimestamp':'x','finalizers':['a/a']}",
                        List.of(
                                "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"b/b\"}")));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void validatesUpdates(Update row) {
        FieldErrors errors = new FieldErrors();
        ObjectMetaRules.validateUpdate(json(row.metadata), json(row.old), "apps", "Deployment", errors);
        assertEquals(row.errors, errors.all().stream().map(Object::toString).toList());
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
