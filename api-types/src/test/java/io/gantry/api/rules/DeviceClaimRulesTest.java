package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.resource.v1.deviceclass.DeviceClassKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplateKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Claims of devices, their templates and classes of devices, with upstream's words.
final class DeviceClaimRulesTest {
    private static final String UNKNOWN = "must be the name of a request in the claim or the name of a request and a"
            + " subrequest separated by '/'";
    private static final String GOOD = "{'name':'r','exactly':{'deviceClassName':'gpu'}}";
    private static final String LIST = "{'name':'r','firstAvailable':[{'name':'big','deviceClassName':'gpu'},"
            + "{'name':'small','deviceClassName':'gpu','allocationMode':'All'}]}";

    /// @param json of the claim's `spec.devices`
    record Claim(String json, List<String> errors) {}

    private static Claim request(String request, String... errors) {
        return new Claim("'requests':[" + request + "]", List.of(errors));
    }

    private static Claim exactly(String more, String... errors) {
        return request("{'name':'r','exactly':{'deviceClassName':'gpu'," + more + "}}", errors);
    }

    private static Claim beside(String more, String... errors) {
        return new Claim("'requests':[" + LIST + "]," + more, List.of(errors));
    }

    private static String many(int count, String item) {
        return IntStream.range(0, count)
                .mapToObj(i -> item.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static Stream<Claim> claims() {
        String at = "spec.devices.requests[0]";
        String opaque = "'opaque':{'driver':'d.test','parameters':{}}";
        return Stream.of(
                request(GOOD),
                request(LIST),
                request(
                        "{'name':'r'}",
                        at + ": Required value: exactly one of `exactly` or `firstAvailable` is required"),
                request(
                        "{'name':'r','exactly':{'deviceClassName':'gpu'},"
                                + "'firstAvailable':[{'name':'a','deviceClassName':'gpu'}]}",
                        at + ": Invalid value: null: exactly one of `exactly` or `firstAvailable` is required, but"
                                + " multiple fields are set"),
                request(GOOD + "," + GOOD, "spec.devices.requests[1]: Duplicate value: \"r\""),
                request(
                        "{'name':'r','exactly':{'deviceClassName':''}}",
                        at + ".exactly.deviceClassName: Required value"),
                new Claim(
                        "'requests':" + many(33, "{'name':'r#','exactly':{'deviceClassName':'gpu'}}"),
                        List.of("spec.devices.requests: Too many: 33: must have at most 32 items")),
                request(
                        "{'name':'r','firstAvailable':" + many(9, "{'name':'s#','deviceClassName':'gpu'}") + "}",
                        at + ".firstAvailable: Too many: 9: must have at most 8 items"),
                exactly(
                        "'selectors':" + many(33, "{'cel':{'expression':'true'}}"),
                        at + ".exactly.selectors: Too many: 33: must have at most 32 items"),
                exactly("'selectors':[{}]", at + ".exactly.selectors[0].cel: Required value"),
                exactly(
                        "'selectors':[{'cel':{'expression':'" + "x".repeat(10241) + "'}}]",
                        at + ".exactly.selectors[0].cel.expression: Too long: may not be more than 10240 bytes"),
                exactly("'allocationMode':'All'"),
                exactly(
                        "'allocationMode':'All','count':2",
                        at + ".exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All'"),
                exactly("'count':-1", at + ".exactly.count: Invalid value: -1: must be greater than zero"),
                exactly(
                        "'allocationMode':'Some'",
                        at + ".exactly.allocationMode: Unsupported value: \"Some\": supported values: \"All\","
                                + " \"ExactCount\""),
                exactly(
                        "'tolerations':[{'operator':'Exists','value':'v'}]",
                        at
                                + ".exactly.tolerations[0].value: Invalid value: \"v\": must be empty for operator `Exists`"),
                beside("'constraints':[{'requests':['r','r/big'],'matchAttribute':'d.test/a'}]"),
                beside(
                        "'constraints':[{'requests':['x'],'matchAttribute':'a'}]",
                        "spec.devices.constraints[0].requests[0]: Invalid value: \"x\": " + UNKNOWN,
                        "spec.devices.constraints[0].matchAttribute: Invalid value: \"a\": a fully qualified name must"
                                + " be a domain and a name separated by a slash"),
                beside(
                        "'constraints':[{}]",
                        "spec.devices.constraints[0]: Required value: exactly one of \"matchAttribute\" or"
                                + " \"distinctAttribute\" is required, but multiple fields are set"),
                beside("'config':[{'requests':['r/small']," + opaque + "}]"),
                beside(
                        "'config':[{'requests':['r','r','a/b/c']," + opaque + "}]",
                        "spec.devices.config[0].requests[2]: Invalid value: \"a/b/c\": " + UNKNOWN,
                        "spec.devices.config[0].requests[1]: Duplicate value: \"r\""),
                beside("'config':[{}]", "spec.devices.config[0].opaque: Required value"),
                beside(
                        "'config':[{'opaque':{'driver':'d.test','parameters':[]}}]",
                        "spec.devices.config[0].opaque.parameters: Invalid value: \"<value omitted>\": must be a valid"
                                + " JSON object"),
                beside(
                        "'config':[{'opaque':{'driver':'d.test','parameters':{'a':'" + "x".repeat(10240) + "'}}}]",
                        "spec.devices.config[0].opaque.parameters: Too long: may not be more than 10240 bytes"));
    }

    private static String claim(String devices, String status) {
        return "{'metadata':{'name':'c','namespace':'n'},'spec':{'devices':{" + devices + "}},'status':{" + status
                + "}}";
    }

    @ParameterizedTest
    @MethodSource("claims")
    void claimsAreChecked(Claim test) {
        RulesHarness<?> harness = new RulesHarness<>(new ResourceClaimKind());
        assertEquals(test.errors(), harness.create(claim(test.json(), "")));
        assertEquals(
                test.errors().stream().map(error -> "spec." + error).toList(),
                new RulesHarness<>(new ResourceClaimTemplateKind())
                        .create("{'metadata':{'name':'t','namespace':'n'},'spec':{'spec':{'devices':{" + test.json()
                                + "}}}}"));
    }

    @Test
    void oneDeviceIsTheDefault() {
        String requests = "'requests':[{'name':'a','exactly':{'deviceClassName':'gpu','count':0,'tolerations':[{}]}},"
                + LIST + "]";
        ObjectNode claim = new RulesHarness<>(new ResourceClaimKind()).defaulted(claim(requests, ""));
        assertEquals(
                RulesHarness.parse("{'requests':[{'name':'a','exactly':{'deviceClassName':'gpu','tolerations':["
                        + "{'operator':'Equal'}],'allocationMode':'ExactCount','count':1}},{'name':'r','firstAvailable':["
                        + "{'name':'big','deviceClassName':'gpu','allocationMode':'ExactCount','count':1},"
                        + "{'name':'small','deviceClassName':'gpu','allocationMode':'All'}]}]}"),
                claim.path("spec").path("devices"));
        ObjectNode template = new RulesHarness<>(new ResourceClaimTemplateKind())
                .defaulted("{'spec':{'spec':{'devices':{" + requests + "}}}}");
        assertEquals(
                claim.path("spec").path("devices"),
                template.path("spec").path("spec").path("devices"));
    }

    @Test
    void specsNeverChange() {
        for (KindDefinition<?> kind : List.of(new ResourceClaimKind(), new ResourceClaimTemplateKind())) {
            String json = kind instanceof ResourceClaimKind
                    ? claim("'requests':[" + GOOD + "]", "")
                    : "{'metadata':{'name':'t','namespace':'n'},'spec':{'spec':{'devices':{'requests':[" + GOOD
                            + "]}}}}";
            RulesHarness<?> harness = new RulesHarness<>(kind);
            assertEquals(List.of(), harness.update(json, json));
            assertEquals(List.of(), harness.updateOfUndefaulted(json, json));
            List<String> errors = harness.update(json.replace("'gpu'", "'tpu'"), json);
            assertEquals(1, errors.size());
            assertEquals(true, errors.getFirst().endsWith(": field is immutable"), errors.getFirst());
        }
    }

    @Test
    void templatesSetLabelsAndAnnotationsAlone() {
        assertEquals(
                List.of("spec.metadata.name: Forbidden: cannot be set"),
                new RulesHarness<>(new ResourceClaimTemplateKind())
                        .create("{'metadata':{'name':'t','namespace':'n'},'spec':{'metadata':{'name':'x',"
                                + "'labels':{'a':'b'}},'spec':{'devices':{'requests':[" + GOOD + "]}}}}"));
    }

    record DeviceClassCase(String spec, List<String> errors) {}

    static List<DeviceClassCase> classes() {
        return List.of(
                new DeviceClassCase("'selectors':[{'cel':{'expression':'true'}}]", List.of()),
                new DeviceClassCase("'extendedResourceName':'example.com/gpu'", List.of()),
                new DeviceClassCase("'selectors':[{}]", List.of("spec.selectors[0].cel: Required value")),
                new DeviceClassCase("'config':[{}]", List.of("spec.config[0].opaque: Required value")),
                new DeviceClassCase(
                        "'extendedResourceName':'gpu'",
                        List.of("spec.extendedResourceName: Invalid value: \"gpu\": must be a valid extended resource"
                                + " name")));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classesAreChecked(DeviceClassCase test) {
        String json = "{'metadata':{'name':'gpu'},'spec':{" + test.spec() + "}}";
        RulesHarness<?> harness = new RulesHarness<>(new DeviceClassKind());
        assertEquals(test.errors(), harness.create(json));
        assertEquals(test.errors(), harness.update(json, "{'metadata':{'name':'gpu'},'spec':{}}"));
    }

    record Status(String before, String now, List<String> errors) {}

    private static final String RESULT = "{'request':'r','driver':'d.test','pool':'p','device':'a'}";
    private static final String ALLOCATED = "'allocation':{'devices':{'results':[" + RESULT + "]}}";
    private static final String USER = "{'resource':'pods','name':'p','uid':'u'}";
    private static final String DEVICE = "'devices':[{'driver':'d.test','pool':'p','device':'a'%s}]";

    static List<Status> statuses() {
        String shown = "{\"Driver\":\"d.test\",\"Pool\":\"p\",\"Device\":\"a\",\"ShareID\":\"\"}";
        return List.of(
                new Status("", ALLOCATED, List.of()),
                new Status(ALLOCATED, "", List.of()),
                new Status(ALLOCATED, ALLOCATED + ",'reservedFor':[" + USER + "]," + DEVICE.formatted(""), List.of()),
                new Status(
                        "",
                        "'reservedFor':[" + USER + "]",
                        List.of("status.reservedFor: Forbidden: may not be specified when `allocated` is not set")),
                new Status(
                        ALLOCATED,
                        ALLOCATED + ",'reservedFor':[" + USER + "," + USER + "]",
                        List.of("status.reservedFor[1]: Duplicate value: \"u\"")),
                new Status(
                        ALLOCATED,
                        ALLOCATED + ",'reservedFor':" + many(257, USER.replace("'u'", "'u#'")),
                        List.of("status.reservedFor: Too many: 257: must have at most 256 items")),
                new Status(
                        "",
                        ALLOCATED.replace("'r'", "'x'"),
                        List.of("status.allocation.devices.results[0].request: Invalid value: \"x\": " + UNKNOWN)),
                new Status(
                        "",
                        ALLOCATED.replace("'a'}", "'a','bindingConditions':['x','x']}"),
                        List.of(
                                "status.allocation.devices.results[0].bindingConditions[1]: Duplicate value: \"x\"",
                                "status.allocation.devices.results[0].bindingFailureConditions: Invalid value: null:"
                                        + " bindingFailureConditions are required to use bindingConditions")),
                new Status(
                        "",
                        DEVICE.formatted(""),
                        List.of("status.devices[0]: Invalid value: " + shown + ": must be an allocated device in the"
                                + " claim")),
                new Status(
                        ALLOCATED,
                        ALLOCATED + "," + DEVICE.formatted(",'data':{'a':'" + "x".repeat(10240) + "'}"),
                        List.of("status.devices[0].data: Too long: may not be more than 10240 bytes")),
                new Status(
                        ALLOCATED,
                        ALLOCATED + "," + DEVICE.formatted(",'data':1"),
                        List.of("status.devices[0].data: Invalid value: \"<value omitted>\": must be a valid JSON"
                                + " object")),
                new Status(
                        ALLOCATED,
                        ALLOCATED
                                + ","
                                + DEVICE.formatted(",'conditions':[{'type':'Ready','status':'Yes','reason':'R',"
                                        + "'message':'','lastTransitionTime':'2026-01-01T00:00:00Z'}]"),
                        List.of("status.devices[0].conditions[0].status: Unsupported value: \"Yes\": supported values:"
                                + " \"False\", \"True\", \"Unknown\"")),
                new Status(
                        ALLOCATED,
                        ALLOCATED
                                + ","
                                + DEVICE.formatted(",'networkData':{'ips':['10.0.0.1/24','2001:DB8::1/64','10.0.0.1'],"
                                        + "'hardwareAddress':'" + "x".repeat(129) + "'}"),
                        List.of(
                                "status.devices[0].networkData.hardwareAddress: Too long: may not be more than 128"
                                        + " bytes",
                                "status.devices[0].networkData.ips[1]: Invalid value: \"2001:DB8::1/64\": must be in"
                                        + " canonical form (\"2001:db8::1/64\")",
                                "status.devices[0].networkData.ips[2]: Invalid value: \"10.0.0.1\": must be a valid"
                                        + " address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)")));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusesAreChecked(Status test) {
        assertEquals(test.errors(), status(test.before(), test.now()));
    }

    @Test
    void anAllocationStaysAsItIs() {
        List<String> errors = status(ALLOCATED, ALLOCATED.replace("'a'", "'b'"));
        assertEquals(1, errors.size());
        assertEquals(true, errors.getFirst().startsWith("status.allocation: Invalid value: "), errors.getFirst());
    }

    @Test
    void nothingIsSaidOfDevicesThatAreGone() {
        String requests = "'requests':[" + GOOD + "]";
        ObjectNode now = RulesHarness.parse(claim(requests, DEVICE.formatted("")));
        new ResourceClaimKind()
                .rules()
                .prepareForStatusUpdate(
                        now, RulesHarness.parse(claim(requests, ALLOCATED + "," + DEVICE.formatted(""))));
        assertEquals(RulesHarness.parse("{}"), now.path("status"));
    }

    private static List<String> status(String before, String now) {
        RulesHarness<ResourceClaim> harness = new RulesHarness<>(new ResourceClaimKind());
        String requests = "'requests':[" + GOOD + "]";
        FieldErrors errors = new FieldErrors();
        harness.definition()
                .rules()
                .validateStatusUpdate(
                        harness.typed(harness.defaulted(claim(requests, now))),
                        harness.typed(harness.defaulted(claim(requests, before))),
                        errors);
        return errors.all().stream().map(Object::toString).toList();
    }
}
