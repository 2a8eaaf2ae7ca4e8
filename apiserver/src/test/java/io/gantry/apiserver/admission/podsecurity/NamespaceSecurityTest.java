package io.gantry.apiserver.admission.podsecurity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionNotes;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Labels of pod security at namespaces.
class NamespaceSecurityTest {
    private static final PluginConfigs CONFIG = new PluginConfigs(Map.of("PodSecurity", Json.MAPPER.readTree("""
            {"apiVersion":"pod-security.admission.config.k8s.io/v1","kind":"PodSecurityConfiguration",
             "exemptions":{"namespaces":["free"],"runtimeClasses":["r"]}}""")));

    private final FakeObjects objects = new FakeObjects();
    private final List<String> warnings = new ArrayList<>();

    private static ObjectNode namespace(String name, String... labels) {
        ObjectNode namespace =
                (ObjectNode) Json.MAPPER.readTree("{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{}}}");
        for (String label : labels) {
            String[] parts = label.split("=");
            namespace
                    .withObject("metadata")
                    .withObject("labels")
                    .put("pod-security.kubernetes.io/" + parts[0], parts[1]);
        }
        return namespace;
    }

    private void pod(String name, String metadata, String spec) {
        objects.put(
                PodKind.KIND,
                "{\"metadata\":{" + metadata + "\"name\":\"" + name + "\",\"namespace\":\"ns\"},\"spec\":{" + spec
                        + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    }

    private void check(ObjectNode now, Optional<ObjectNode> old) {
        AdmissionAttributes attributes = new AdmissionAttributes(
                old.isEmpty() ? AdmissionAttributes.Operation.CREATE : AdmissionAttributes.Operation.UPDATE,
                "update",
                "",
                "v1",
                "Namespace",
                "namespaces",
                "",
                "",
                "ns",
                new UserInfo("someone", "", List.of(), Map.of()),
                false,
                Json.MAPPER.createObjectNode(),
                warnings::add,
                new AdmissionNotes());
        new PodSecurity(objects, CONFIG).validate(attributes, now, old);
    }

    @Test
    void newLabelsMeanSomething() {
        StatusException refused = assertThrows(
                StatusException.class, () -> check(namespace("ns", "enforce=x", "warn-version=1.2"), Optional.empty()));
        assertEquals(422, refused.code());
        assertEquals(
                "Namespace \"ns\" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"x\": must"
                        + " be one of privileged, baseline, restricted,"
                        + " metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"1.2\": must be"
                        + " \"latest\" or \"v1.x\"]",
                refused.getMessage());
        assertThrows(
                StatusException.class,
                () -> check(namespace("ns", "enforce=x"), Optional.of(namespace("ns", "enforce=y"))));
    }

    @Test
    void whatWasWrongMayStay() {
        check(namespace("ns", "audit=x"), Optional.of(namespace("ns", "audit=x")));
        assertEquals(List.of(), warnings);
    }

    @Test
    void aStricterLevelWarnsOfPodsThatAreThere() {
        pod("b", "", "\"hostNetwork\":true,");
        pod("a", "\"ownerReferences\":[{\"uid\":\"u\",\"controller\":true}],", "\"hostNetwork\":true,");
        pod("c", "\"ownerReferences\":[{\"uid\":\"u\",\"controller\":true}],", "\"hostNetwork\":true,");
        pod("d", "", "\"hostPID\":true,\"hostNetwork\":true,\"runtimeClassName\":\"r\",");
        pod("e", "", "");
        check(namespace("ns", "enforce=baseline"), Optional.of(namespace("ns")));
        assertEquals(
                List.of(
                        "existing pods in namespace \"ns\" violate the new PodSecurity enforce level \"baseline:latest\"",
                        "a (and 2 other pods): host namespaces"),
                warnings);
    }

    @Test
    void aMilderLevelWarnsOfNothing() {
        pod("a", "", "\"hostNetwork\":true,");
        check(namespace("ns", "enforce=baseline"), Optional.of(namespace("ns", "enforce=restricted")));
        check(namespace("ns", "enforce=privileged"), Optional.of(namespace("ns", "enforce=restricted")));
        check(namespace("ns", "warn=restricted"), Optional.of(namespace("ns")));
        assertEquals(List.of(), warnings);
    }

    @Test
    void whoIsExemptIsTold() {
        check(namespace("free", "enforce=baseline", "audit=privileged"), Optional.empty());
        assertEquals(
                List.of(
                        "namespace \"free\" is exempt from Pod Security, and the policy (enforce=baseline:latest) will be"
                                + " ignored"),
                warnings);
    }
}
