package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Annotations of pods that mean something; the expected answers are kube-apiserver 1.36's.
final class PodAnnotationsTest {
    private static final RulesHarness<Pod> PODS = new RulesHarness<>(new PodKind());
    private static final RulesHarness<Deployment> DEPLOYMENTS = new RulesHarness<>(new DeploymentKind());
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                APP_ARMOR + "c|runtime/default|-",
                APP_ARMOR + "c|localhost/x|-",
                APP_ARMOR + "c|bad|metadata.annotations[" + APP_ARMOR
                        + "c]: Invalid value: \"bad\": invalid AppArmor profile name: \"bad\"",
                APP_ARMOR + "d|unconfined|metadata.annotations[" + APP_ARMOR
                        + "d]: Invalid value: \"d\": container not found",
                SECCOMP + "|docker/default|-",
                SECCOMP + "|bad|metadata.annotations." + SECCOMP
                        + ": Invalid value: \"bad\": must be a valid seccomp profile",
                SECCOMP + "|localhost//x|metadata.annotations." + SECCOMP
                        + ": Invalid value: \"/x\": must be a relative path",
                COST + "|-5|-",
                COST + "|0|-",
                COST + "|01|metadata.annotations[" + COST + "]: Invalid value: \"01\": must be a 32bit integer",
                COST + "|+1|metadata.annotations[" + COST + "]: Invalid value: \"+1\": must be a 32bit integer",
                COST + "|9999999999|metadata.annotations[" + COST
                        + "]: Invalid value: \"9999999999\": must be a 32bit integer",
                "kubernetes.io/config.mirror|x|metadata.annotations[kubernetes.io/config.mirror]: Invalid value:"
                        + " \"x\": must set spec.nodeName if mirror pod annotation is set"
            })
    void areChecked(String name, String value, String fault) {
        assertEquals(fault == null ? List.of() : List.of(fault), PODS.create(pod(name, value, "{}")));
    }

    @Test
    void mustAgreeWithFields() {
        String unconfined = "{'appArmorProfile':{'type':'Unconfined'}}";
        assertEquals(
                List.of(
                        "spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation"
                                + " and field must match"),
                PODS.create(pod(APP_ARMOR + "c", "runtime/default", unconfined)));
        assertEquals(List.of(), PODS.create(pod(APP_ARMOR + "c", "unconfined", unconfined)));
    }

    @Test
    void ofTemplatesAreCheckedToo() {
        String json = "{'metadata':{'name':'a','namespace':'n'},'spec':{'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'metadata':{'labels':{'a':'b'},'annotations':{'" + SECCOMP + "':'unconfined','" + COST
                + "':'x'}},'spec':{'securityContext':{'seccompProfile':{'type':'RuntimeDefault'}},"
                + "'containers':[{'name':'c','image':'i'}]}}}}";
        assertEquals(
                List.of(
                        "spec.template.annotations[" + COST + "]: Invalid value: \"x\": must be a 32bit integer",
                        "spec.template.spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation"
                                + " and field must match"),
                DEPLOYMENTS.create(json));
    }

    @Test
    void ofAppArmorBecomeFieldsAndStay() {
        ObjectNode pod = PODS.defaulted(pod(APP_ARMOR + "c", "localhost/x", "{}"));
        new PodKind().rules().prepareForCreate(pod);
        assertEquals(
                "{\"type\":\"Localhost\",\"localhostProfile\":\"x\"}",
                pod.at("/spec/containers/0/securityContext/appArmorProfile").toString());
        String old = pod(APP_ARMOR + "c", "unconfined", "{}");
        assertEquals(
                List.of("metadata.annotations[" + APP_ARMOR
                        + "c]: Forbidden: may not remove or update AppArmor annotations"),
                PODS.update(pod("x", "y", "{}"), old));
        assertFalse(PODS.update(old, pod("x", "y", "{}")).isEmpty());
    }

    /// Upstream tells of an annotation that it copies, or cannot, not of one that a field says too.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unconfined|{}|true",
                "nothing|{}|true",
                "unconfined|{'appArmorProfile':{'type':'Unconfined'}}|false",
                "nothing|{'appArmorProfile':{'type':'Unconfined'}}|false"
            },
            quoteCharacter = '`')
    void ofAppArmorAreWarnedOfWithoutAField(String profile, String securityContext, boolean warned) {
        ObjectNode pod = PODS.defaulted(pod(APP_ARMOR + "c", profile, securityContext));
        String warning = "metadata.annotations[" + APP_ARMOR
                + "c]: deprecated since v1.30; use the \"appArmorProfile\" field instead";
        assertEquals(
                warned ? List.of(warning) : List.of(), new PodKind().rules().preparationWarnings(pod));
    }

    @Test
    void ofAppArmorThatThePodSaysTooAreNotWarnedOf() {
        ObjectNode pod = PODS.defaulted(pod(APP_ARMOR + "c", "unconfined", "{}")
                .replace("'containers'", "'securityContext':{'appArmorProfile':{'type':'Unconfined'}},'containers'"));
        assertEquals(List.of(), new PodKind().rules().preparationWarnings(pod));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'Localhost'}|Required value: must be set when AppArmor type is Localhost",
                "{'type':'RuntimeDefault','localhostProfile':'x'}|Invalid value: \"x\": can only be set when AppArmor"
                        + " type is Localhost",
                "{'type':'Localhost','localhostProfile':' x'}|Invalid value: \" x\": must not be padded with whitespace"
            },
            quoteCharacter = '`')
    void fieldsOfAppArmorAreChecked(String profile, String fault) {
        assertEquals(
                List.of("spec.containers[0].securityContext.appArmorProfile.localhostProfile: " + fault),
                PODS.create(pod("x", "y", "{'appArmorProfile':" + profile + "}")));
    }

    @Test
    void numericOperatorsOfTolerationsAreOff() {
        String json = pod("x", "y", "{}")
                .replace("'containers'", "'tolerations':[{'key':'a','operator':'Gt','value':'1'}],'containers'");
        assertEquals(
                List.of("spec.tolerations[0].operator: Unsupported value: \"Gt\": supported values: \"Equal\","
                        + " \"Exists\", \"Lt\", \"Gt\""),
                PODS.create(json));
    }

    @Test
    void sourcesOfVariablesHaveNames() {
        List<String> errors = PODS.create(pod("x", "y", "{}")
                .replace(
                        "'image'", "'envFrom':[{'configMapRef':{'name':'A_b'}},{'secretRef':{'name':'A_b'}}],'image'"));
        assertEquals(2, errors.size(), errors::toString);
        assertEquals(
                List.of("spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or"
                        + " `secretRef`"),
                PODS.create(pod("x", "y", "{}").replace("'image'", "'envFrom':[{'prefix':'a'}],'image'")));
    }

    private static String pod(String annotation, String value, String securityContext) {
        return "{'metadata':{'name':'a','namespace':'n','annotations':{'" + annotation + "':'" + value
                + "'}},'spec':{'containers':[{'name':'c','securityContext':" + securityContext
                + ",'image':'i'}]}}";
    }
}
