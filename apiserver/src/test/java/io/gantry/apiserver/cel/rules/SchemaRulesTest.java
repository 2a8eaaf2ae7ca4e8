package io.gantry.apiserver.cel.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.customresource.SchemaRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules in schemas, with what they say of objects; upstream's documentation has most of them.
class SchemaRulesTest {
    /// @param old empty at creation
    record Case(String name, String schema, String old, String object, String... errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String spec(String properties) {
        return "{'type':'object','properties':{'spec':{'type':'object'," + properties + "}}}";
    }

    private static String rule(String rule) {
        return "'x-kubernetes-validations':[{'rule':\"" + rule + "\"}]";
    }

    private static final String REPLICAS =
            "'properties':{'min':{'type':'integer'},'max':{'type':'integer'},'replicas':{'type':'integer'}},";

    private static final String LIST_MAP =
            "'properties':{'items':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['n'],"
                    + "'items':{'type':'object','properties':{'n':{'type':'string'}}}}},";

    static List<Case> cases() {
        return List.of(
                new Case(
                        "a rule that holds",
                        spec(REPLICAS + rule("self.min <= self.replicas && self.replicas <= self.max")),
                        "",
                        "{'spec':{'min':0,'replicas':2,'max':10}}"),
                new Case(
                        "a rule that does not hold",
                        spec(REPLICAS + rule("self.min <= self.replicas && self.replicas <= self.max")),
                        "",
                        "{'spec':{'min':0,'replicas':20,'max':10}}",
                        "spec: Invalid value: failed rule: self.min <= self.replicas && self.replicas <= self.max"),
                new Case(
                        "message, reason and field path",
                        spec(REPLICAS
                                + "'x-kubernetes-validations':[{'rule':'self.replicas <= self.max','message':'too many',"
                                + "'reason':'FieldValueForbidden','fieldPath':'.replicas'}]"),
                        "",
                        "{'spec':{'replicas':20,'max':10}}",
                        "spec.replicas: Forbidden: too many"),
                new Case(
                        "message expression",
                        spec(REPLICAS
                                + "'x-kubernetes-validations':[{'rule':'self.replicas <= self.max',"
                                + "'messageExpression':\"'replicas %d above %d'.format([self.replicas, self.max])\"}]"),
                        "",
                        "{'spec':{'replicas':20,'max':10}}",
                        "spec: Invalid value: replicas 20 above 10"),
                new Case(
                        "a missing field",
                        spec(REPLICAS + rule("self.replicas <= self.max")),
                        "",
                        "{'spec':{'replicas':20}}",
                        "spec: Invalid value: \"object\": no such key: max evaluating rule: self.replicas <= self.max"),
                new Case(
                        "at the root",
                        "{'type':'object'," + rule("self.metadata.name.startsWith('a') && self.kind == 'W'") + "}",
                        "",
                        "{'kind':'W','apiVersion':'v1','metadata':{'name':'b'}}",
                        "<nil>: Invalid value: failed rule: self.metadata.name.startsWith('a') && self.kind == 'W'"),
                new Case(
                        "a scalar shows its value",
                        spec("'properties':{'name':{'type':'string'," + rule("self.size() < 3") + "}}"),
                        "",
                        "{'spec':{'name':'long'}}",
                        "spec.name: Invalid value: \"long\": failed rule: self.size() < 3"),
                new Case(
                        "transition rules are not for creations",
                        spec("'properties':{'name':{'type':'string'," + rule("self == oldSelf") + "}}"),
                        "",
                        "{'spec':{'name':'a'}}"),
                new Case(
                        "a transition rule",
                        spec("'properties':{'name':{'type':'string'," + rule("self == oldSelf") + "}}"),
                        "{'spec':{'name':'a'}}",
                        "{'spec':{'name':'b'}}",
                        "spec.name: Invalid value: \"b\": failed rule: self == oldSelf"),
                new Case(
                        "an optional old value",
                        spec("'properties':{'name':{'type':'string','x-kubernetes-validations':[{'rule':"
                                + "\"oldSelf.hasValue() || self == 'first'\",'optionalOldSelf':true}]}}"),
                        "",
                        "{'spec':{'name':'second'}}",
                        "spec.name: Invalid value: \"second\": failed rule: oldSelf.hasValue() || self == 'first'"),
                new Case(
                        "elements of a map list are matched by key",
                        spec("'properties':{'items':{'type':'array','x-kubernetes-list-type':'map',"
                                + "'x-kubernetes-list-map-keys':['n'],'items':{'type':'object','required':['n'],"
                                + "'properties':{'n':{'type':'string'},'v':{'type':'integer'," + rule("self >= oldSelf")
                                + "}}}}}"),
                        "{'spec':{'items':[{'n':'a','v':5},{'n':'b','v':1}]}}",
                        "{'spec':{'items':[{'n':'b','v':2},{'n':'a','v':4},{'n':'c','v':0}]}}",
                        "spec.items[1].v: Invalid value: 4: failed rule: self >= oldSelf"),
                new Case(
                        "sets compare without order",
                        spec(
                                "'properties':{'a':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},"
                                        + "'b':{'type':'array','items':{'type':'string'}}},"
                                        + rule("self.a == self.b && (self.a + self.b).size() == 2")),
                        "",
                        "{'spec':{'a':['x','y'],'b':['y','x']}}"),
                new Case(
                        "values of maps",
                        spec("'properties':{'m':{'type':'object','additionalProperties':{'type':'integer',"
                                + rule("self > 0") + "}}}"),
                        "",
                        "{'spec':{'m':{'a':1,'b':-1}}}",
                        "spec.m[b]: Invalid value: -1: failed rule: self > 0"),
                new Case(
                        "escaped names",
                        spec(
                                "'properties':{'namespace':{'type':'string'},'x-y':{'type':'string'},'a.b/c':{'type':'integer'},"
                                        + "'a__b':{'type':'string'}},"
                                        + rule(
                                                "self.__namespace__ == 'n' && self.x__dash__y == 'd' && self.a__dot__b__slash__c == 1"
                                                        + " && has(self.a__underscores__b)")),
                        "",
                        "{'spec':{'namespace':'n','x-y':'d','a.b/c':1,'a__b':'u'}}"),
                new Case(
                        "CEL's own words are names of fields as they are",
                        spec(
                                "'properties':{'t':{'type':'object','properties':{'namespace':{'type':'string'},'package':{'type':'integer'}}}},"
                                        + rule(
                                                "self.t.namespace == 'n' && !has(self.t.package) && self.t.__namespace__ == 'n'")),
                        "",
                        "{'spec':{'t':{'namespace':'n'}}}"),
                new Case(
                        "formats",
                        spec(
                                "'properties':{'t':{'type':'string','format':'date-time'},'d':{'type':'string','format':'duration'},"
                                        + "'b':{'type':'string','format':'byte'},'day':{'type':'string','format':'date'}},"
                                        + rule(
                                                "self.t > timestamp('2020-01-01T00:00:00Z') && self.d < duration('2h') && self.b == b'hi'"
                                                        + " && self.day.getFullYear() == 2023")),
                        "",
                        "{'spec':{'t':'2021-01-01T00:00:00Z','d':'1h30m','b':'aGk=','day':'2023-05-06'}}"),
                new Case(
                        "int or string",
                        spec("'properties':{'p':{'x-kubernetes-int-or-string':true}},"
                                + rule("type(self.p) == string ? self.p.matches('^[0-9]+%$') : self.p < 10")),
                        "",
                        "{'spec':{'p':'x%'}}",
                        "spec: Invalid value: failed rule: type(self.p) == string ? self.p.matches('^[0-9]+%$') : self.p < 10"),
                new Case(
                        "int or string of the wrong type",
                        spec("'properties':{'p':{'x-kubernetes-int-or-string':true}}," + rule("self.p < 10")),
                        "",
                        "{'spec':{'p':'x'}}",
                        "spec: Invalid value: \"object\": 'no such overload': call arguments did not match a supported operator,"
                                + " function or macro signature for rule: self.p < 10"),
                new Case(
                        "numbers are doubles",
                        spec("'properties':{'r':{'type':'number'}}," + rule("self.r >= 1.0 && self.r < 2")),
                        "",
                        "{'spec':{'r':1}}"),
                new Case(
                        "what did not change is passed by",
                        spec(REPLICAS + rule("self.replicas <= self.max")),
                        "{'spec':{'replicas':20,'max':10}}",
                        "{'spec':{'replicas':20,'max':10},'status':{}}"),
                new Case(
                        "a list map whose elements changed places did not change",
                        spec(LIST_MAP + rule("self.items.size() > 9")),
                        "{'spec':{'items':[{'n':'a'},{'n':'b'}]}}",
                        "{'spec':{'items':[{'n':'b'},{'n':'a'}]}}"),
                new Case(
                        "a list map with another element changed",
                        spec(LIST_MAP + rule("self.items.size() > 9")),
                        "{'spec':{'items':[{'n':'a'},{'n':'b'}]}}",
                        "{'spec':{'items':[{'n':'b'},{'n':'c'}]}}",
                        "spec: Invalid value: failed rule: self.items.size() > 9"),
                new Case(
                        "a field that the schema does not know counts as changed",
                        spec(REPLICAS + "'x-kubernetes-preserve-unknown-fields':true," + rule("self.max > 9")),
                        "{'spec':{'max':1,'other':1}}",
                        "{'spec':{'max':1,'other':1}}",
                        "spec: Invalid value: failed rule: self.max > 9"),
                new Case(
                        "versions and kinds count as changed",
                        "{'type':'object','properties':{'apiVersion':{'type':'string'," + rule("self == 'v1'")
                                + "},'kind':{'type':'string'," + rule("self == 'A'") + "}}}",
                        "{'apiVersion':'v2','kind':'B'}",
                        "{'apiVersion':'v2','kind':'B'}",
                        "apiVersion: Invalid value: \"v2\": failed rule: self == 'v1'",
                        "kind: Invalid value: \"B\": failed rule: self == 'A'"),
                new Case(
                        "allOf adds rules",
                        spec("'properties':{'n':{'type':'integer'}},'allOf':[{" + rule("self.n > 1") + "}]"),
                        "",
                        "{'spec':{'n':1}}",
                        "spec: Invalid value: failed rule: self.n > 1"),
                new Case(
                        "the budget ends a costly rule",
                        spec("'properties':{'l':{'type':'array','items':{'type':'integer'}}},"
                                + rule("self.l.all(a, self.l.all(b, self.l.all(c, a + b + c < 1000000)))")),
                        "",
                        "{'spec':{'l':" + IntStream.range(0, 200).boxed().toList() + "}}",
                        "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no further "
                                + "validation rules will be run due to call cost exceeds limit for rule: "
                                + "self.l.all(a, self.l.all(b, self.l.all(c, a + b + c < 1000000)))"));
    }

    private static JsonNode json(String text) {
        StringBuilder quoted = new StringBuilder();
        boolean inside = false;
        for (char c : text.toCharArray()) {
            inside ^= c == '"';
            quoted.append(c == '\'' && !inside ? '"' : c);
        }
        return Json.MAPPER.readTree(quoted.toString());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void check(Case each) {
        FieldErrors errors = new FieldErrors();
        Optional<ObjectNode> old = each.old().isEmpty() ? Optional.empty() : Optional.of((ObjectNode) json(each.old()));

        new LazyRuleCompiler()
                .compile(json(each.schema()))
                .orElseThrow()
                .validate((ObjectNode) json(each.object()), old, errors);

        assertEquals(
                List.of(each.errors()),
                errors.all().stream().map(FieldError::toString).toList());
    }

    static List<Case> definitions() {
        String unbounded = "'properties':{'l':{'type':'array','items':{'type':'string'}}},";
        String more = " exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, "
                + "maxProperties, and maxLength where arrays, maps, and strings are declared)";
        return List.of(
                new Case("fits", spec(REPLICAS + rule("self.min <= self.max")), "", ""),
                new Case(
                        "an unknown field",
                        spec(REPLICAS + rule("self.nothing == 1")),
                        "",
                        "",
                        "schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: "
                                + "{\"Rule\":\"self.nothing == 1\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,"
                                + "\"FieldPath\":\"\",\"OptionalOldSelf\":null}: compilation failed: ERROR: <input>:1:5: "
                                + "undefined field 'nothing'\n | self.nothing == 1\n | ....^"),
                new Case(
                        "not a bool",
                        spec(REPLICAS + rule("self.min")),
                        "",
                        "",
                        "schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: "
                                + "{\"Rule\":\"self.min\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,"
                                + "\"FieldPath\":\"\",\"OptionalOldSelf\":null}: cel expression must evaluate to a bool"),
                new Case(
                        "too costly",
                        spec(unbounded + rule("self.l.all(x, self.l.all(y, x == y))")),
                        "",
                        "",
                        "schema.properties[spec].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost"
                                + more,
                        "schema.properties[spec].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule "
                                + "cost total exceeding cost limit for entire OpenAPIv3 schema",
                        "schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"
                                + more),
                new Case(
                        "bounded",
                        spec(
                                "'properties':{'l':{'type':'array','maxItems':10,'items':{'type':'string','maxLength':20}}},"
                                        + rule("self.l.all(x, self.l.all(y, x == y))")),
                        "",
                        ""),
                new Case(
                        "old values in a list that cannot be matched",
                        spec("'properties':{'l':{'type':'array','maxItems':3,'items':{'type':'integer',"
                                + rule("self == oldSelf") + "}}}"),
                        "",
                        "",
                        "schema.properties[spec].properties[l].items.x-kubernetes-validations[0].rule: Invalid value: "
                                + "\"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within "
                                + "schema.properties[spec].properties[l]"),
                new Case(
                        "no rule, wrong reason, wrong path",
                        spec(REPLICAS + "'x-kubernetes-validations':[{'rule':' '},{'rule':'true','reason':'Why'},"
                                + "{'rule':'true','fieldPath':'.none'}]"),
                        "",
                        "",
                        "schema.properties[spec].x-kubernetes-validations[0].rule: Required value: rule is not specified",
                        "schema.properties[spec].x-kubernetes-validations[1].reason: Unsupported value: \"Why\": supported "
                                + "values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", "
                                + "\"FieldValueRequired\"",
                        "schema.properties[spec].x-kubernetes-validations[2].fieldPath: Invalid value: \".none\": must be a "
                                + "valid path"));
    }

    @Test
    void whatIsPassedByIsToldAndFaultsAreToldEachTime() {
        String rules = "'x-kubernetes-validations':[{'rule':\"self.startsWith('a')\",'message':'no'},"
                + "{'rule':\"self.endsWith('a')\",'message':'no'}]";
        SchemaRules compiled = new LazyRuleCompiler()
                .compile(json(spec("'properties':{'n':{'type':'string'," + rules + "}}")))
                .orElseThrow();
        ObjectNode object = (ObjectNode) json("{'spec':{'n':'b'}}");
        FieldErrors created = new FieldErrors();
        compiled.validate(object, Optional.empty(), created);
        FieldErrors updated = new FieldErrors();
        compiled.validate(object, Optional.of(object.deepCopy()), updated);

        String fault = "spec.n: Invalid value: \"b\": no";
        assertEquals(
                List.of(fault, fault),
                created.all().stream().map(FieldError::toString).toList());
        assertEquals(List.of(), created.warnings());
        assertEquals(List.of(), updated.all());
        assertEquals(List.of(fault, fault), updated.warnings());
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void checkDefinition(Case each) {
        FieldErrors errors = new FieldErrors();

        new LazyRuleCompiler().check(json(each.schema()), Optional.empty(), "schema", errors);

        assertEquals(
                List.of(each.errors()),
                errors.all().stream().map(FieldError::toString).toList());
    }
}
