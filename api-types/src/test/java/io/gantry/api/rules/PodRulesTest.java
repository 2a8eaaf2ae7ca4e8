package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.QosClass;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PodRulesTest {
    private static final RulesHarness<Pod> PODS = new RulesHarness<>(new PodKind());
    private static final String META = "'metadata':{'name':'a','namespace':'default'}";

    private static final String FILE_KEY =
            "{'volumes':[{'name':'v','emptyDir':{}},{'name':'h','hostPath':{'path':'/a'}}],'containers':[{'name':'a',"
                    + "'image':'nginx','env':[{'name':'E','valueFrom':{'fileKeyRef':{'volumeName':'%s','path':'%s',"
                    + "'key':'K'}}}]}]}";
    private static final String FILE_KEY_AT = "spec.containers[0].env[0].valueFrom.fileKeyRef";

    private static final String READ_ONLY =
            "{'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'a','image':'x','volumeMounts':[{"
                    + "'name':'v','mountPath':'/v','recursiveReadOnly':'%s'}]}]}";
    private static final String READ_ONLY_AT = "spec.containers[0].volumeMounts[0].recursiveReadOnly";

    private static final String HOST_NAME = "{'hostnameOverride':'%s','containers':[{'name':'a','image':'x'}]}";
    private static final String HOST_NAME_AT = "spec.hostnameOverride";

    record Case(String name, String spec, List<String> errors) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("good", "{'containers':[{'name':'a','image':'nginx'}]}", List.of()),
                new Case(
                        "any text is a topology",
                        "{'containers':[{'name':'a','image':'x'}],'topologySpreadConstraints':[{'maxSkew':1,"
                                + "'topologyKey':'foo/bar/baz','whenUnsatisfiable':'DoNotSchedule'}]}",
                        List.of()),
                new Case(
                        "a token twice and nothing",
                        "{'containers':[{'name':'a','image':'x'}],'volumes':[{'name':'v','projected':{'sources':[{},"
                                + "{'serviceAccountToken':{'path':'t'}},{'serviceAccountToken':{'path':'t'}}]}}]}",
                        List.of()),
                new Case(
                        "a key twice",
                        "{'containers':[{'name':'a','image':'x'}],'volumes':[{'name':'v','projected':{'sources':["
                                + "{'secret':{'name':'s','items':[{'key':'k','path':'p'},{'key':'l','path':'p'}]}}]}}]}",
                        List.of("spec.volumes[0].projected: Invalid value: \"s\": conflicting duplicate paths")),
                new Case("a file's variable", FILE_KEY.formatted("v", "a/b"), List.of()),
                new Case(
                        "a file in no volume",
                        FILE_KEY.formatted("w", "a"),
                        List.of(FILE_KEY_AT + ".volumeName: Not found: \"w\"")),
                new Case(
                        "a file on the host",
                        FILE_KEY.formatted("h", "../a"),
                        List.of(
                                FILE_KEY_AT + ".path: Invalid value: \"../a\": must not contain '..'",
                                FILE_KEY_AT + ".volumeName: Invalid value: \"h\": referenced volume must be of type"
                                        + " emptyDir")),
                new Case(
                        "a grace period below zero",
                        "{'terminationGracePeriodSeconds':-1,'containers':[{'name':'a','image':'x'}]}",
                        List.of()),
                new Case("another host name", HOST_NAME.formatted("full.example"), List.of()),
                new Case(
                        "another host name beside the full one, on the host's network",
                        HOST_NAME.formatted("a','setHostnameAsFQDN':true,'hostNetwork':true,'subdomain':'s"),
                        List.of(
                                HOST_NAME_AT + ": Forbidden: may not be specified when setHostnameAsFQDN is true",
                                HOST_NAME_AT + ": Forbidden: may not be specified when hostNetwork is true")),
                new Case(
                        "another host name that is too long",
                        HOST_NAME.formatted("a".repeat(65)),
                        List.of(HOST_NAME_AT + ": Too long: may not be more than 64 bytes")),
                new Case(
                        "another host name that is none",
                        HOST_NAME.formatted("Not-RFC1123"),
                        List.of(
                                HOST_NAME_AT + ": Invalid value: \"Not-RFC1123\": a lowercase RFC 1123 subdomain must"
                                        + " consist of lower case alphanumeric characters, '-' or '.', and must start and"
                                        + " end with an alphanumeric character (e.g. 'example.com', regex used for"
                                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")),
                new Case(
                        "read-only with all that is below",
                        READ_ONLY.formatted("Enabled','readOnly':true,'subPath':'a"),
                        List.of()),
                new Case(
                        "read-only with all that is below, and writable",
                        READ_ONLY.formatted("IfPossible','mountPropagation':'HostToContainer"),
                        List.of(
                                READ_ONLY_AT + ": Forbidden: may only be specified when readOnly is true",
                                READ_ONLY_AT + ": Forbidden: may only be specified when mountPropagation is None or"
                                        + " not specified")),
                new Case(
                        "read-only in another way",
                        READ_ONLY.formatted("Sometimes"),
                        List.of(READ_ONLY_AT + ": Unsupported value: \"Sometimes\": supported values: \"Disabled\","
                                + " \"Enabled\", \"IfPossible\"")),
                new Case("no containers", "{'containers':[]}", List.of("spec.containers: Required value")),
                new Case(
                        "two of a name",
                        "{'containers':[{'name':'a','image':'x'},{'name':'a','image':'x'}]}",
                        List.of("spec.containers[1].name: Duplicate value: \"a\"")),
                new Case(
                        "no image",
                        "{'containers':[{'name':'a'}]}",
                        List.of("spec.containers[0].image: Required value")),
                new Case(
                        "bad name",
                        "{'containers':[{'name':'A_b','image':'x'}]}",
                        List.of(
                                "spec.containers[0].name: Invalid value: \"A_b\": a lowercase RFC 1123 label must consist"
                                        + " of lower case alphanumeric characters or '-', and must start and end with an"
                                        + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")),
                new Case(
                        "names of what holds keys",
                        "{'containers':[{'name':'a','image':'x','env':[{'name':'E','valueFrom':{'secretKeyRef':{"
                                + "'name':'A','key':'k'}}},{'name':'F','valueFrom':{'resourceFieldRef':{"
                                + "'resource':'limits.memory','divisor':'2'}}},{'name':'G','valueFrom':{'fieldRef':{"
                                + "'apiVersion':'v2','fieldPath':'spec.nodeName'}}}]}]}",
                        List.of(
                                "spec.containers[0].env[0].valueFrom.secretKeyRef.name: Invalid value: \"A\": a"
                                        + " lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                                        + " characters, '-' or '.', and must start and end with an alphanumeric character"
                                        + " (e.g. 'example.com', regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                                "spec.containers[0].env[1].valueFrom.resourceFieldRef.divisor: Invalid value:"
                                        + " \"limits.memory\": only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi,"
                                        + " 1Gi, 1Ti, 1Pi, 1Ei are supported with the memory resource",
                                "spec.containers[0].env[2].valueFrom.fieldRef.fieldPath: Invalid value:"
                                        + " \"spec.nodeName\": error converting fieldPath: unsupported pod version: v2")),
                new Case(
                        "divisors",
                        "{'containers':[{'name':'a','image':'x','env':[{'name':'E','valueFrom':{'resourceFieldRef':{"
                                + "'resource':'limits.memory','divisor':'1Mi'}}},{'name':'F','valueFrom':{"
                                + "'resourceFieldRef':{'resource':'requests.cpu','divisor':'1m'}}}]}]}",
                        List.of()),
                new Case(
                        "claims of nothing",
                        "{'resourceClaims':[{'name':'gpu','resourceClaimName':'A'},{'name':'gpu'}],'containers':[{"
                                + "'name':'a','image':'x','resources':{'claims':[{'name':'gpu'},{'name':'gpu'},"
                                + "{'name':'net'}]}}]}",
                        List.of(
                                "spec.resourceClaims[0].resourceClaimName: Invalid value: \"A\": a lowercase RFC"
                                        + " 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                                        + " and must start and end with an alphanumeric character (e.g. 'example.com',"
                                        + " regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                                "spec.resourceClaims[1].name: Duplicate value: \"gpu\"",
                                "spec.resourceClaims[1]: Invalid value: {\"name\":\"gpu\"}: must specify one of:"
                                        + " `resourceClaimName`, `resourceClaimTemplateName`",
                                "spec.containers[0].resources.claims[1]: Duplicate value: \"gpu\"",
                                "spec.containers[0].resources.claims[2]: Not found: \"net\": must be one of the"
                                        + " names in pod.spec.resourceClaims: gpu")),
                new Case(
                        "requests of claims",
                        "{'resourceClaims':[{'name':'gpu','resourceClaimTemplateName':'a'}],'containers':[{'name':'a',"
                                + "'image':'x','resources':{'claims':[{'name':'gpu','request':'r'},{'name':'gpu',"
                                + "'request':'s'},{'name':'gpu','request':'r'}]}}]}",
                        List.of("spec.containers[0].resources.claims[2]: Duplicate value: \"gpu/r\"")),
                new Case(
                        "everything seen of the host",
                        "{'containers':[{'name':'a','image':'x','securityContext':{'procMount':'Unmasked'}}]}",
                        List.of("spec.containers[0].securityContext.procMount: Invalid value: \"Unmasked\": `hostUsers`"
                                + " must be false to use `Unmasked`")),
                new Case(
                        "everything seen by users of its own",
                        "{'hostUsers':false,'containers':[{'name':'a','image':'x','securityContext':{"
                                + "'procMount':'Unmasked'}}]}",
                        List.of()),
                new Case(
                        "mount of nothing",
                        "{'containers':[{'name':'a','image':'x','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}",
                        List.of("spec.containers[0].volumeMounts[0].name: Not found: \"v\"")),
                new Case(
                        "more than the limit",
                        "{'containers':[{'name':'a','image':'x','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]}",
                        List.of(
                                "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal"
                                        + " to cpu limit of 1")),
                new Case(
                        "port out of range",
                        "{'containers':[{'name':'a','image':'x','ports':[{'containerPort':70000}]}]}",
                        List.of("spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and"
                                + " 65535, inclusive")),
                new Case(
                        "probe without handler",
                        "{'containers':[{'name':'a','image':'x','livenessProbe':{}}]}",
                        List.of("spec.containers[0].livenessProbe: Required value: must specify a handler type")),
                new Case(
                        "two volume sources",
                        "{'volumes':[{'name':'v','emptyDir':{},'hostPath':{'path':'/x'}}],'containers':[{'name':'a','image':'x'}]}",
                        List.of("spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")),
                new Case(
                        "restart policy",
                        "{'restartPolicy':'Sometimes','containers':[{'name':'a','image':'x'}]}",
                        List.of("spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\","
                                + " \"Never\", \"OnFailure\"")),
                new Case(
                        "toleration without key",
                        "{'tolerations':[{'effect':'NoSchedule'}],'containers':[{'name':'a','image':'x'}]}",
                        List.of(
                                "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is"
                                        + " empty, which means \"match all values and all keys\"")),
                new Case(
                        "value and source",
                        "{'containers':[{'name':'a','image':'x','env':[{'name':'E','value':'v','valueFrom':"
                                + "{'fieldRef':{'fieldPath':'metadata.name'}}}]}]}",
                        List.of("spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when"
                                + " `value` is not empty")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrong(Case one) {
        assertEquals(one.errors(), PODS.create("{" + META + ",'spec':" + one.spec() + "}"));
    }

    @Test
    void fillsDefaults() {
        JsonNode spec = PODS.defaulted(
                        "{" + META + ",'spec':{'volumes':[{'name':'v'}],'containers':[{'name':'a','image':'nginx:1.21',"
                                + "'ports':[{'containerPort':80}],'resources':{'limits':{'cpu':'1'}},'livenessProbe':{'httpGet':{'port':80}}}]}}")
                .path("spec");
        JsonNode container = spec.path("containers").path(0);
        assertEquals("IfNotPresent", container.path("imagePullPolicy").asString());
        assertEquals(
                "1", container.path("resources").path("requests").path("cpu").asString());
        assertEquals("TCP", container.path("ports").path(0).path("protocol").asString());
        assertEquals(
                "/",
                container.path("livenessProbe").path("httpGet").path("path").asString());
        assertEquals(10, container.path("livenessProbe").path("periodSeconds").asInt());
        assertEquals(
                "/dev/termination-log", container.path("terminationMessagePath").asString());
        assertTrue(spec.path("volumes").path(0).path("emptyDir").isObject());
        assertEquals("Always", spec.path("restartPolicy").asString());
        assertEquals("ClusterFirst", spec.path("dnsPolicy").asString());
        assertEquals("default-scheduler", spec.path("schedulerName").asString());
        assertEquals(30, spec.path("terminationGracePeriodSeconds").asInt());
        assertTrue(spec.path("securityContext").isObject());
        assertTrue(spec.path("enableServiceLinks").asBoolean());
    }

    @Test
    void aGracePeriodBelowZeroIsASecond() {
        JsonNode spec = PODS.defaulted("{" + META + ",'spec':{'terminationGracePeriodSeconds':-5,'containers':[]}}")
                .path("spec");
        assertEquals(1, spec.path("terminationGracePeriodSeconds").asInt());
    }

    @Test
    void aPodThatIsLimitedAsAWholeAsksForItsContainersOrItsLimit() {
        JsonNode resources = PODS.defaulted("{" + META
                        + ",'spec':{'resources':{'limits':{'cpu':'2','memory':'1Gi'}},"
                        + "'initContainers':[{'name':'i','restartPolicy':'Always','resources':{'requests':{'cpu':'100m'}}}],"
                        + "'containers':[{'name':'a','resources':{'limits':{'cpu':'500m'}}},{'name':'b'}]}}")
                .path("spec")
                .path("resources");
        assertEquals("600m", resources.path("requests").path("cpu").asString());
        assertEquals("1Gi", resources.path("requests").path("memory").asString());
    }

    @Test
    void defaultsTwiceAreTheSame() {
        String json = "{" + META
                + ",'spec':{'hostNetwork':true,'serviceAccountName':'x','containers':[{'name':'a','image':'nginx','ports':[{'containerPort':80}]}]}}";
        ObjectNode once = PODS.defaulted(json);
        ObjectNode twice = once.deepCopy();
        new PodKind().rules().defaults(twice);
        assertEquals(once, twice);
        assertEquals(
                80,
                once.path("spec")
                        .path("containers")
                        .path(0)
                        .path("ports")
                        .path(0)
                        .path("hostPort")
                        .asInt());
        assertEquals("x", once.path("spec").path("serviceAccount").asString());
    }

    @Test
    void anUpdateMayChangeImagesOnly() {
        String old = "{" + META + ",'spec':{'containers':[{'name':'a','image':'x'}]}}";
        assertEquals(List.of(), PODS.update(old.replace("'x'", "'y'"), old));
        String changed = old.replace("'image'", "'command':['sh'],'image'");
        List<String> errors = PODS.update(changed, old);
        assertEquals(1, errors.size());
        assertTrue(
                errors.get(0)
                        .startsWith("spec: Forbidden: pod updates may not change fields other than"
                                + " `spec.containers[*].image`,`spec.initContainers[*].image`,"),
                errors.get(0));
    }

    record QosCase(String resources, String sidecar, QosClass wanted) {}

    static Stream<QosCase> qos() {
        return Stream.of(
                new QosCase("{}", "{}", QosClass.BEST_EFFORT),
                new QosCase("{'requests':{'cpu':'1'}}", "{}", QosClass.BURSTABLE),
                new QosCase(
                        "{'limits':{'cpu':'1','memory':'1Gi'}}",
                        "{'limits':{'cpu':'1','memory':'1Gi'}}",
                        QosClass.GUARANTEED),
                new QosCase("{'limits':{'cpu':'1','memory':'1Gi'}}", "{}", QosClass.BURSTABLE),
                new QosCase(
                        "{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'}}",
                        "{'limits':{'cpu':'1','memory':'1Gi'}}",
                        QosClass.BURSTABLE));
    }

    @ParameterizedTest
    @MethodSource("qos")
    void classOfService(QosCase one) {
        Pod pod = pod("{'initContainers':[{'name':'i','image':'x','restartPolicy':'Always','resources':" + one.sidecar()
                + "}],'containers':[{'name':'a','image':'x','resources':" + one.resources() + "}]}");
        assertEquals(one.wanted(), QosClass.of(pod.spec()));
        assertEquals(one.wanted(), QosClass.of(Json.MAPPER.valueToTree(pod.spec())));
    }

    @Test
    void requestsCountSidecarsAndTheHighestStep() {
        Pod pod = pod("{'overhead':{'cpu':'10m'},'initContainers':["
                + "{'name':'s','image':'x','restartPolicy':'Always','resources':{'requests':{'cpu':'100m'}}},"
                + "{'name':'i','image':'x','resources':{'requests':{'cpu':'1'}}}],"
                + "'containers':[{'name':'a','image':'x','resources':{'requests':{'cpu':'500m','memory':'1Mi'}}}]}");
        assertEquals(1110, PodResources.requests(pod).get("cpu").milliValue());
        assertEquals(1 << 20, PodResources.requests(pod).get("memory").value());
    }

    @Test
    void warnsOfLikelyMistakes() {
        Pod pod = pod("{'nodeSelector':{'beta.kubernetes.io/os':'linux'},'containers':[{'name':'a','image':'x',"
                + "'resources':{'limits':{'memory':'0.5'}},'env':[{'name':'E'},{'name':'E'}],"
                + "'ports':[{'containerPort':80},{'containerPort':80}]}]}");
        assertEquals(
                List.of(
                        "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
                        "spec.containers[0].resources.limits[memory]: fractional byte value \"0.5\" is invalid, must be an"
                                + " integer",
                        "spec.containers[0].resources.requests[memory]: fractional byte value \"0.5\" is invalid, must be"
                                + " an integer",
                        "spec.containers[0].env[1]: hides previous definition of \"E\", which may be dropped when using"
                                + " apply",
                        "spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]"),
                new PodKind().rules().createWarnings(pod));
    }

    @Test
    void ephemeralContainersMayBeAddedButNotRemoved() {
        String none = "{'containers':[{'name':'a','image':'x'}]}";
        String one = "{'ephemeralContainers':[{'name':'e','image':'x'}],'containers':[{'name':'a','image':'x'}]}";
        FieldErrors added = new FieldErrors();
        new PodKind().rules().validateSubresourceUpdate("ephemeralcontainers", pod(one), pod(none), added);
        assertEquals(List.of(), added.all());
        FieldErrors removed = new FieldErrors();
        new PodKind().rules().validateSubresourceUpdate("ephemeralcontainers", pod(none), pod(one), removed);
        assertEquals(
                "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"e\" may not be removed\n",
                removed.all().get(0).toString());
    }

    private static Pod pod(String spec) {
        return Json.MAPPER.treeToValue(PODS.defaulted("{" + META + ",'spec':" + spec + "}"), Pod.class);
    }

    record Resize(String before, String after, List<String> errors) {}

    static Stream<Resize> resizes() {
        String one =
                "'containers':[{'name':'a','image':'x','resources':{'requests':{'cpu':'1'},'limits':{'cpu':'2'}}}]";
        String two = "{'name':'b','image':'x','resources':{'requests':{'cpu':'1'}}}";
        String init = ",'initContainers':[{'name':'i','image':'x','resources':{'requests':{'cpu':'%s'}}}]";
        String sidecar =
                ",'initContainers':[{'name':'i','image':'x','restartPolicy':'Always','resources':{'requests':{'cpu':'%s'}}}]";
        return Stream.of(
                new Resize(one, one.replace("'2'", "'3'"), List.of()),
                new Resize(
                        one,
                        one.replace(",'limits':{'cpu':'2'}", ""),
                        List.of("spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed")),
                new Resize(
                        one,
                        one.replace("'cpu':'1'", "'cpu':'1','ephemeral-storage':'1Gi'"),
                        List.of("spec: Forbidden: only cpu and memory resources are mutable")),
                new Resize(
                        one,
                        one.replace("'image':'x'", "'image':'y'"),
                        List.of("spec: Forbidden: only cpu and memory resources are mutable")),
                new Resize(
                        one,
                        one.replace("}]", "}," + two + "]"),
                        List.of("spec.containers: Forbidden: containers may not be added or removed on resize")),
                new Resize(
                        one,
                        one.replace("'name':'a'", "'name':'z'"),
                        List.of(
                                "spec.containers[0].name: Forbidden: containers may not be renamed or reordered on resize")),
                new Resize(one + init.formatted("1"), one + init.formatted("2"), List.of()),
                new Resize(one + sidecar.formatted("1"), one + sidecar.formatted("2"), List.of()));
    }

    @ParameterizedTest
    @MethodSource("resizes")
    void onlyAmountsAreResized(Resize example) {
        String pod = "{" + META + ",'spec':{%s}}";
        assertEquals(
                example.errors(),
                PODS.updatePart("resize", pod.formatted(example.after()), pod.formatted(example.before())));
    }
}
