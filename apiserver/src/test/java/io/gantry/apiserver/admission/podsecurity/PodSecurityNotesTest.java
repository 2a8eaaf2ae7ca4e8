package io.gantry.apiserver.admission.podsecurity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionNotes;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.objects.FakeObjects;
import io.gantry.apiserver.objects.ObjectReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What the audit log hears of pod security.
class PodSecurityNotesTest {
    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final String HOST = "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"hostNetwork\":true,"
            + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    private static final String WOULD =
            "would violate PodSecurity \"baseline:latest\": host namespaces" + " (hostNetwork=true)";

    private final Map<String, String> noted = new TreeMap<>();
    private List<String> counted = List.of();

    private static ObjectReader namespace(Map<String, String> labels) {
        ObjectNode namespace = (ObjectNode) Json.MAPPER.readTree("{\"metadata\":{\"name\":\"ns\"}}");
        labels.forEach((key, value) ->
                namespace.withObject("metadata").withObject("labels").put(PREFIX + key, value));
        return new FakeObjects().put(NamespaceKind.KIND, namespace.toString());
    }

    private void check(String resource, String object, Map<String, String> labels, String config) {
        PluginConfigs configs = config.isEmpty()
                ? PluginConfigs.NONE
                : new PluginConfigs(Map.of("PodSecurity", Json.MAPPER.readTree("""
                        {"apiVersion":"pod-security.admission.config.k8s.io/v1","kind":"PodSecurityConfiguration",
                         "exemptions":%s}""".formatted(config))));
        boolean pod = resource.equals("pods");
        AdmissionAttributes attributes = new AdmissionAttributes(
                AdmissionAttributes.Operation.CREATE,
                "create",
                pod ? "" : "apps",
                "v1",
                pod ? "Pod" : "Deployment",
                resource,
                "",
                "ns",
                "p",
                new UserInfo("someone", "", List.of(), Map.of()),
                false,
                Json.MAPPER.createObjectNode(),
                warning -> {},
                new AdmissionNotes(noted));
        PodSecurity plugin = new PodSecurity(namespace(labels), configs);
        try {
            plugin.validate(attributes, (ObjectNode) Json.MAPPER.readTree(object), Optional.empty());
        } finally {
            counted = plugin.metrics()
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.endsWith(" 0"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void evaluationsAreCounted() {
        String suffix = ",policy_version=\"latest\",request_operation=\"create\",resource=\"pod\",subresource=\"\"} 1";
        String evaluations = "pod_security_evaluations_total{decision=";
        check("pods", HOST, Map.of(), "");
        assertEquals(List.of(evaluations + "\"allow\",mode=\"enforce\",policy_level=\"privileged\"" + suffix), counted);
        assertThrows(
                StatusException.class,
                () -> check("pods", HOST, Map.of("audit", "restricted", "enforce", "baseline"), ""));
        assertEquals(
                List.of(
                        evaluations + "\"deny\",mode=\"audit\",policy_level=\"restricted\"" + suffix,
                        evaluations + "\"deny\",mode=\"enforce\",policy_level=\"baseline\"" + suffix),
                counted);
        check("pods", HOST, Map.of("enforce", "baseline"), "{\"namespaces\":[\"ns\"]}");
        assertEquals(
                List.of(
                        "pod_security_exemptions_total{request_operation=\"create\",resource=\"pod\",subresource=\"\"} 1"),
                counted);
    }

    @Test
    void theEnforcedLevelIsNoted() {
        check("pods", HOST, Map.of(), "");
        assertEquals(Map.of(PREFIX + "enforce-policy", "privileged:latest"), noted);
    }

    @Test
    void violationsAreNoted() {
        check("pods", HOST, Map.of("audit", "baseline"), "");
        assertEquals(Map.of(PREFIX + "enforce-policy", "privileged:latest", PREFIX + "audit-violations", WOULD), noted);
    }

    @Test
    void whatIsRefusedIsNotedToo() {
        assertThrows(
                StatusException.class,
                () -> check("pods", HOST, Map.of("audit", "baseline", "enforce", "baseline"), ""));
        assertEquals(Map.of(PREFIX + "enforce-policy", "baseline:latest", PREFIX + "audit-violations", WOULD), noted);
    }

    @Test
    void templatesAreNotEnforced() {
        check("deployments", "{\"spec\":{\"template\":" + HOST + "}}", Map.of("audit", "baseline"), "");
        assertEquals(Map.of(PREFIX + "audit-violations", WOULD), noted);
    }

    @Test
    void labelsThatNobodyKnowsAreNoted() {
        check("pods", HOST, Map.of("warn", "x"), "");
        assertEquals(
                Map.of(
                        PREFIX + "enforce-policy",
                        "privileged:latest",
                        PREFIX + "error",
                        "Failed to parse policy: metadata.labels[pod-security.kubernetes.io/warn]: Invalid value: \"x\": must"
                                + " be one of privileged, baseline, restricted"),
                noted);
    }

    @Test
    void exemptionsAreNoted() {
        check("pods", HOST, Map.of("enforce", "baseline"), "{\"namespaces\":[\"ns\"]}");
        assertEquals(Map.of(PREFIX + "exempt", "namespace"), noted);
        noted.clear();
        check("pods", HOST, Map.of("enforce", "baseline"), "{\"usernames\":[\"someone\"]}");
        assertEquals(Map.of(PREFIX + "exempt", "user"), noted);
        noted.clear();
        String sandboxed = HOST.replace("\"hostNetwork\"", "\"runtimeClassName\":\"r\",\"hostNetwork\"");
        check("pods", sandboxed, Map.of("enforce", "baseline"), "{\"runtimeClasses\":[\"r\"]}");
        assertEquals(Map.of(PREFIX + "exempt", "runtimeClass"), noted);
    }
}
