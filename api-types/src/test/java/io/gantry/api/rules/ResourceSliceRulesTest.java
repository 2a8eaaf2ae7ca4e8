package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Slices as upstream's `ValidateResourceSlice` and `ValidateResourceSliceUpdate` see them.
final class ResourceSliceRulesTest {
    private static final RulesHarness<ResourceSlice> SLICES = new RulesHarness<>(new ResourceSliceKind());
    private static final String POOL = "'pool':{'name':'p','generation':1,'resourceSliceCount':1}";
    private static final String HEAD = "'driver':'d.example.com'," + POOL;
    private static final String NODE = HEAD + ",'nodeName':'n'";
    private static final String PER_DEVICE = HEAD + ",'perDeviceNodeSelection':true";
    private static final String LABEL =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                    + " '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                    + " for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String ONE_NODE =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
    private static final String DEVICE_NODE =
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
                    + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

    record Case(String spec, List<String> errors) {
        static Case of(String spec, String... errors) {
            return new Case(spec, List.of(errors));
        }

        /// A slice of a node with one device; each error is the device's.
        static Case device(String device, String... errors) {
            return of(NODE + ",'devices':[{'name':'a'" + (device.isEmpty() ? "" : ",") + device + "}]", at(errors));
        }

        static String[] at(String... errors) {
            return Stream.of(errors).map(e -> "spec.devices[0]" + e).toArray(String[]::new);
        }

        /// A device that several claims may have, with one capacity of ten and its policy.
        static Case policy(String policy, String... errors) {
            return device(
                    "'allowMultipleAllocations':true,'capacity':{'c':{'value':'10','requestPolicy':{" + policy + "}}}",
                    Stream.of(errors).map(e -> ".capacity[c].requestPolicy" + e).toArray(String[]::new));
        }
    }

    private static String json(String spec) {
        return "{'metadata':{'name':'s'},'spec':{" + spec + "}}";
    }

    private static String many(int count, String each) {
        return IntStream.range(0, count)
                .mapToObj(i -> each.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(","));
    }

    static Stream<Case> slices() {
        return Stream.of(
                Case.of(NODE),
                Case.of(
                        "",
                        "spec.driver: Required value",
                        "spec.pool.name: Required value",
                        "spec.pool.resourceSliceCount: Invalid value: 0: must be greater than zero",
                        "spec: Required value: " + ONE_NODE),
                Case.of(
                        "'driver':'a_b','nodeName':'n','pool':{'name':'x//A','generation':-1,'resourceSliceCount':-1}",
                        "spec.driver: Invalid value: \"a_b\": " + SUBDOMAIN,
                        "spec.pool.name: Invalid value: \"\": " + SUBDOMAIN,
                        "spec.pool.name: Invalid value: \"A\": " + SUBDOMAIN,
                        "spec.pool.resourceSliceCount: Invalid value: -1: must be greater than zero",
                        "spec.pool.generation: Invalid value: -1: must be greater than or equal to zero"),
                Case.of(
                        "'driver':'" + "d".repeat(64) + "','nodeName':'n','pool':{'name':'"
                                + many(85, "p#a").replace(',', '/') + "','generation':0,'resourceSliceCount':1}",
                        "spec.driver: Too long: may not be more than 63 bytes",
                        "spec.pool.name: Too long: may not be more than 253 bytes"),
                Case.of(HEAD + ",'allNodes':true"),
                Case.of(
                        HEAD + ",'nodeName':'','allNodes':false,'perDeviceNodeSelection':false",
                        "spec.nodeName: Invalid value: \"\": must be either unset or set to a non-empty string",
                        "spec.allNodes: Invalid value: false: must be either unset or set to true",
                        "spec.perDeviceNodeSelection: Invalid value: false: must be either unset or set to true",
                        "spec: Required value: " + ONE_NODE),
                Case.of(
                        HEAD + ",'nodeName':'N','allNodes':true",
                        "spec.nodeName: Invalid value: \"N\": " + SUBDOMAIN,
                        "spec: Invalid value: \"{`nodeName`, `allNodes`}\": " + ONE_NODE
                                + ", but multiple fields are set"),
                Case.of(
                        HEAD + ",'nodeSelector':{'nodeSelectorTerms':[]}",
                        "spec.nodeSelector.nodeSelectorTerms: Required value: must have at least one node selector term",
                        "spec.nodeSelector.nodeSelectorTerms: Invalid value: []: must have exactly one node selector"
                                + " term"),
                Case.of(
                        HEAD + ",'nodeSelector':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a','operator':'In',"
                                + "'values':['b']}]},{'matchFields':[]}]}",
                        "spec.nodeSelector.nodeSelectorTerms: Invalid value: [{\"MatchExpressions\":[{\"Key\":\"a\","
                                + "\"Operator\":\"In\",\"Values\":[\"b\"]}],\"MatchFields\":null},"
                                + "{\"MatchExpressions\":null,\"MatchFields\":null}]: must have exactly one node"
                                + " selector term"));
    }

    static Stream<Case> devices() {
        return Stream.of(
                Case.device(""),
                Case.of(NODE + ",'devices':[" + many(128, "{'name':'d#'}") + "]"),
                Case.of(
                        NODE + ",'devices':[" + many(129, "{'name':'d'}") + "]",
                        "spec.devices: Too many: 129: must have at most 128 items"),
                Case.of(
                        NODE + ",'devices':[{'name':'t','taints':[{'key':'k','effect':'None'}]},"
                                + many(64, "{'name':'d#'}") + "]",
                        "spec.devices: Too many: 65: must have at most 64 items"),
                Case.of(
                        NODE
                                + ",'devices':[{'name':'c','consumesCounters':[{'counterSet':'s','counters':{'k':{'value':'1'}}"
                                + "}]}," + many(64, "{'name':'d#'}") + "]",
                        "spec.devices: Too many: 65: must have at most 64 items"),
                Case.of(
                        NODE + ",'devices':[{'name':'a'},{},{'name':'a'}]",
                        "spec.devices[1].name: Invalid value: \"\": " + LABEL,
                        "spec.devices[2]: Duplicate value: \"a\""),
                Case.device("'attributes':{" + many(16, "'a#':{'int':#}") + "},'capacity':{"
                        + many(16, "'c#':{'value':'1'}") + "}"),
                Case.device(
                        "'attributes':{" + many(17, "'a#':{'int':#}") + "},'capacity':{"
                                + many(16, "'c#':{'value':'1'}") + "}",
                        ": Invalid value: 33: the total number of attributes and capacities must not exceed 32"),
                Case.device(
                        "'attributes':{" + many(49, "'a#':{'bool':true}") + "}",
                        ": Invalid value: 49: the total number of attributes and capacities must not exceed 32",
                        ": Invalid value: 49: the total number of attribute values must not exceed 48"),
                Case.device(
                        "'nodeName':'n'",
                        ": Invalid value: null: `nodeName`, `nodeSelector` and `allNodes` can only"
                                + " be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec"),
                Case.of(PER_DEVICE + ",'devices':[{'name':'a','nodeName':'n'},{'name':'b','allNodes':true}]"),
                Case.of(
                        PER_DEVICE + ",'devices':[{'name':'a'},{'name':'b','nodeName':'','allNodes':false},"
                                + "{'name':'c','nodeName':'n','allNodes':true}]",
                        "spec.devices[0]: Required value: " + DEVICE_NODE,
                        "spec.devices[1].nodeName: Invalid value: \"\": must not be empty",
                        "spec.devices[1].allNodes: Invalid value: false: must be either unset or set to true",
                        "spec.devices[1]: Required value: " + DEVICE_NODE,
                        "spec.devices[2]: Invalid value: \"{`nodeName`, `allNodes`}\": " + DEVICE_NODE),
                Case.device(
                        "'taints':[" + many(17, "{'key':'k','effect':'None'}") + "]",
                        ".taints: Too many: 17: must have at most 16 items"),
                Case.device(
                        "'taints':[{'key':'a','value':'b','effect':'NoExecute'},{'key':'a','effect':'Never'},{'key':'a'}]",
                        ".taints[1].effect: Unsupported value: \"Never\": supported values: \"NoExecute\","
                                + " \"NoSchedule\", \"None\"",
                        ".taints[2].effect: Required value"),
                Case.device("'bindingConditions':['a'],'bindingFailureConditions':['b'],'bindsToNode':true"),
                Case.device(
                        "'bindingConditions':['a']",
                        ".bindingFailureConditions: Invalid value: null: bindingFailureConditions are required to use"
                                + " bindingConditions"),
                Case.device(
                        "'bindingFailureConditions':['a']",
                        ".bindingConditions: Invalid value: null: bindingConditions are required to use"
                                + " bindingFailureConditions"),
                Case.device(
                        "'bindingConditions':['a','a'],'bindingFailureConditions':['b','a','b','c','d']",
                        ".bindingFailureConditions: Too many: 5: must have at most 4 items",
                        ".bindingConditions[1]: Duplicate value: \"a\"",
                        ".bindingFailureConditions[1]: Invalid value: \"a\": bindingFailureConditions must not overlap"
                                + " with bindingConditions",
                        ".bindingFailureConditions[2]: Duplicate value: \"b\""),
                Case.device(
                        "'nodeAllocatableResourceMappings':{'cpu':{},'a/b':{'allocationMultiplier':'0','capacityKey':''},"
                                + "'memory':{'capacityKey':'none'}}",
                        ".nodeAllocatableResourceMappings[a/b]: Invalid value: \"a/b\": must be a node allocatable"
                                + " resource name",
                        ".nodeAllocatableResourceMappings[a/b].allocationMultiplier: Invalid value: \"0\": must be"
                                + " positive",
                        ".nodeAllocatableResourceMappings[a/b].capacityKey: Invalid value: \"\": capacityKey must not be"
                                + " an empty string",
                        ".nodeAllocatableResourceMappings[memory].capacityKey: Not found: \"none\""));
    }

    static Stream<Case> attributes() {
        String longName = "a".repeat(50) + "/" + "b".repeat(60);
        return Stream.of(
                Case.device(
                        "'attributes':{'a':{'int':1},'d.example.com/b':{'string':'x'},'c':{'version':'1.2.3-a.1+b'}}"),
                Case.device(
                        "'attributes':{'a':{},'b':{'int':1,'bool':true}}",
                        ".attributes[a]: Invalid value: \"\": exactly one value must be specified",
                        ".attributes[b]: Invalid value: {\"IntValue\":1,\"BoolValue\":true,\"StringValue\":null,"
                                + "\"VersionValue\":null,\"IntValues\":null,\"BoolValues\":null,\"StringValues\":null,"
                                + "\"VersionValues\":null}: exactly one value must be specified"),
                Case.device(
                        "'attributes':{'a':{'string':'" + "\u00e4".repeat(33) + "'},'b':{'version':'1.02.3'}}",
                        ".attributes[a].string: Too long: may not be more than 64 bytes",
                        ".attributes[b].version: Invalid value: \"1.02.3\": must be a string compatible with semver.org"
                                + " spec 2.0.0"),
                Case.device(
                        "'attributes':{'" + longName + "':{}}",
                        ".attributes: Too long: may not be more than 32 bytes",
                        ".attributes[" + longName.substring(0, 47) + "..." + "b".repeat(46)
                                + "]: Invalid value: \"\": exactly one value must be specified"),
                Case.device(
                        "'attributes':{'/a':{'int':1},'a/':{'int':1}}",
                        ".attributes: Invalid value: \"\": the domain must not be empty",
                        ".attributes: Invalid value: \"\": the name must not be empty"));
    }

    static Stream<Case> policies() {
        return Stream.of(
                Case.policy(""),
                Case.policy("'default':'2','validValues':['1','2']"),
                Case.policy("'default':'2','validRange':{'min':'2','max':'8','step':'2'}"),
                Case.device(
                        "'capacity':{'c':{'value':'10','requestPolicy':{}}}",
                        ".capacity[c].requestPolicy: Forbidden: allowMultipleAllocations must be true"),
                Case.policy(
                        "'default':'1','validValues':['1'],'validRange':{'min':'1'}",
                        ": Forbidden: exactly one policy can be specified, cannot specify \"validValues\" and"
                                + " \"validRange\" at the same time"),
                Case.policy("'validValues':['1']", ".default: Required value: required when validValues is defined"),
                Case.policy(
                        "'validRange':{'min':'1'}", ".default: Required value: required when validRange is defined"),
                Case.policy(
                        "'default':'3','validValues':['2','1','11','1000m']",
                        ".validValues[1]: Invalid value: \"1\": values must be sorted in ascending order",
                        ".validValues[3]: Invalid value: \"1\": values must be sorted in ascending order",
                        ".validValues[2]: Invalid value: \"11\": option is larger than capacity value: 10",
                        ".validValues[3]: Duplicate value: \"1\"",
                        ".validValues: Invalid value: \"3\": default value is not valid according to the requestPolicy"),
                Case.policy(
                        "'default':'1','validValues':[" + many(11, "'1'") + "]",
                        ".validValues: Too many: 11: must have at most 10 items",
                        ".validValues: Invalid value: \"1\": default value is not valid according to the requestPolicy"),
                Case.policy(
                        "'default':'1','validRange':{}",
                        ".validRange.min: Required value: required when validRange is" + " defined"),
                Case.policy(
                        "'default':'1','validRange':{'min':'12','max':'11'}",
                        ".validRange.min: Invalid value: \"12\": min is larger than capacity value: 10",
                        ".validRange.min: Invalid value: \"1\": default is less than min: 12",
                        ".validRange.max: Invalid value: \"12\": min is larger than max: 11",
                        ".validRange.max: Invalid value: \"11\": max is larger than capacity value: 10"),
                Case.policy(
                        "'default':'5','validRange':{'min':'2','max':'4','step':'9'}",
                        ".validRange.max: Invalid value: \"5\": default is more than max: 4",
                        ".validRange.step: Invalid value: \"9\": one step 11 is larger than capacity value: 10",
                        ".validRange.step: Invalid value: \"5\": value is not a multiple of a given step (9) from (2)",
                        ".validRange.step: Invalid value: \"4\": value is not a multiple of a given step (9) from (2)"),
                Case.policy(
                        "'default':'2','validRange':{'min':'2','step':'0'}",
                        ".validRange.step: Invalid value: \"2\": value is not a multiple of a given step (0) from (2)"));
    }

    static Stream<Case> counters() {
        return Stream.of(
                Case.of(NODE + ",'sharedCounters':[{'name':'s','counters':{'a':{'value':'1'},'b':{}}}]"),
                Case.of(
                        NODE
                                + ",'devices':[{'name':'a'}],'sharedCounters':[{'name':'s','counters':{'a':{'value':'1'}}}]",
                        "spec: Invalid value: \"\": only one of `sharedCounters` or `devices` is allowed"),
                Case.of(
                        NODE + ",'sharedCounters':[" + many(9, "{'name':'s#','counters':{'a':{'value':'1'}}}") + "]",
                        "spec.sharedCounters: Too many: 9: must have at most 8 items"),
                Case.of(
                        NODE + ",'sharedCounters':[{'counters':{'A':{'value':'1'}}},{'name':'s'},"
                                + "{'name':'s','counters':{" + many(33, "'c#':{'value':'1'}") + "}}]",
                        "spec.sharedCounters[0].name: Required value",
                        "spec.sharedCounters[0].counters: Invalid value: \"A\": " + LABEL,
                        "spec.sharedCounters[1].counters: Required value",
                        "spec.sharedCounters[2].counters: Too many: 33: must have at most 32 items",
                        "spec.sharedCounters[2]: Duplicate value: \"s\""),
                Case.device("'consumesCounters':[{'counterSet':'s','counters':{'a':{'value':'1'}}}]"),
                Case.device(
                        "'consumesCounters':[{'counterSet':'S'},{'counterSet':'S','counters':{'a':{'value':'1'}}}]",
                        ".consumesCounters[0].counterSet: Invalid value: \"S\": " + LABEL,
                        ".consumesCounters[0].counters: Required value",
                        ".consumesCounters[1].counterSet: Invalid value: \"S\": " + LABEL,
                        ".consumesCounters[1]: Duplicate value: \"S\""),
                Case.device(
                        "'consumesCounters':[" + many(3, "{'counterSet':'s#'}") + "]",
                        ".consumesCounters: Too many: 3: must have at most 2 items"));
    }

    @ParameterizedTest
    @MethodSource({"slices", "devices", "attributes", "policies", "counters"})
    void creates(Case test) {
        // What the schema says too is said once by the API server.
        assertEquals(
                test.errors(),
                SLICES.create(json(test.spec())).stream().distinct().toList());
    }

    @Test
    void whoseSliceItIsNeverChanges() {
        String old = json(NODE);
        assertEquals(List.of(), SLICES.update(json(NODE + ",'devices':[{'name':'a'}]"), old));
        assertEquals(
                List.of(
                        "spec.pool.name: Invalid value: \"q\": field is immutable",
                        "spec.driver: Invalid value: \"e\": field is immutable",
                        "spec.nodeName: Invalid value: null: field is immutable"),
                SLICES.update(
                        json("'driver':'e','pool':{'name':'q','generation':2,'resourceSliceCount':1},'allNodes':true"),
                        old));
    }

    @Test
    void taintsThatStayAreNotLookedAtAgain() {
        String tainted = NODE + ",'devices':[{'name':'a','taints':[{'key':'a b','effect':'None'}]}]";
        assertEquals(List.of(), SLICES.update(json(tainted), json(tainted)));
        assertEquals(1, SLICES.update(json(tainted), json(NODE)).size());
    }

    @Test
    void fieldsBehindGatesThatAreOffAreDroppedUnlessTheyWereThere() {
        String plain = json(NODE + ",'devices':[{'name':'a','attributes':{'x':{'int':1}}}]");
        String gated = json(NODE + ",'devices':[{'name':'a','attributes':{'x':{'int':1,'ints':[1]}},"
                + "'nodeAllocatableResourceMappings':{'cpu':{}}}]");
        ObjectNode created = RulesHarness.parse(gated);
        SLICES.definition().rules().prepareForCreate(created);
        assertEquals(RulesHarness.parse(plain), created);
        ObjectNode updated = RulesHarness.parse(gated);
        SLICES.definition().rules().prepareForUpdate(updated, RulesHarness.parse(plain));
        assertEquals(RulesHarness.parse(plain), updated);
        ObjectNode kept = RulesHarness.parse(gated);
        SLICES.definition().rules().prepareForUpdate(kept, RulesHarness.parse(gated));
        assertEquals(RulesHarness.parse(gated), kept);
    }

    @Test
    void whatGoWritesIsFilledIn() {
        ObjectNode filled = SLICES.defaulted(
                "{'spec':{'devices':[{'capacity':{'c':{}},'nodeAllocatableResourceMappings':" + "{'cpu':{}}}]}}");
        assertEquals("0", filled.at("/spec/devices/0/capacity/c/value").asString(""));
        assertEquals(
                "1",
                filled.at("/spec/devices/0/nodeAllocatableResourceMappings/cpu/allocationMultiplier")
                        .asString(""));
        assertEquals(0, filled.at("/spec/pool/generation").asInt(-1));
    }

    @Test
    void driversInUpperCaseAreWarnedOf() {
        ResourceSlice slice = Json.MAPPER.treeToValue(
                RulesHarness.parse(json("'driver':'D.example.com'," + POOL)), ResourceSlice.class);
        assertEquals(
                List.of("spec.driver: driver names should be lowercase; \"D.example.com\" contains uppercase"
                        + " characters"),
                SLICES.definition().rules().warnings(slice));
    }
}
