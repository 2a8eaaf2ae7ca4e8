package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodAdmissionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'os':{'name':'linux'}|",
                "'os':{'name':'windows'}|PodOSNotSupported",
                "'securityContext':{'supplementalGroupsPolicy':'Merge'}|",
                "'securityContext':{'supplementalGroupsPolicy':'Strict'}|SupplementalGroupsPolicyNotSupported",
                "'containers':[{'name':'c','restartPolicyRules':[{'action':'RestartAllContainers'}]}]|",
                "'hostNetwork':true,'hostUsers':false|PodFeatureUnsupported"
            },
            quoteCharacter = '"',
            nullValues = "none")
    void podsThatThisKubeletCannotRunAreRefused(String spec, String reason) {
        Pod pod = Json.MAPPER.readValue(("{'spec':{" + spec + "}}").replace('\'', '"'), Pod.class);
        assertEquals(
                reason == null ? "" : reason,
                PodAdmission.refusal(pod, List.of(), Optional.empty(), Map.of(), AllowedSysctls.with(List.of()))
                        .map(PodStatusPlan.Ending::reason)
                        .orElse(""));
    }

    /// A resource that the node.s status names runs out as others do; one that the node does not know is counted
    /// elsewhere.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com/gpu|1|",
                "example.com/gpu|2|OutOfexample.com/gpu",
                "example.com/unknown|2|",
                "hugepages-2Mi|4Mi|OutOfhugepages-2Mi"
            })
    void whatTheNodeCountsMayRunOut(String resource, String amount, String reason) {
        String spec = "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"%s\":\"%s\"}}}]}}";
        Pod pod = Json.MAPPER.readValue(spec.formatted(resource, amount), Pod.class);
        Pod other = Json.MAPPER.readValue(spec.formatted("example.com/gpu", "1"), Pod.class);
        Map<String, Quantity> node = Map.of(
                "example.com/gpu", Quantity.parse("2"), "hugepages-2Mi", Quantity.parse("2Mi"), "pods", Quantity.of(9));
        assertEquals(
                reason == null ? "" : reason,
                PodAdmission.refusal(pod, List.of(other), Optional.empty(), node, AllowedSysctls.with(List.of()))
                        .map(PodStatusPlan.Ending::reason)
                        .orElse(""));
    }

    static Node node(String json) {
        return Json.MAPPER.readValue(json.replace('\'', '"'), Node.class);
    }

    /// Upstream's kubelet asks selectors, affinity and taints of a pod again that was bound past the scheduler.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'nodeSelector':{'disk':'ssd'}||",
                "'nodeSelector':{'disk':'hdd'}||NodeAffinity",
                "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':"
                        + "[{'matchExpressions':[{'key':'disk','operator':'DoesNotExist'}]}]}}}||NodeAffinity",
                "'nodeName':'n'|'key':'k','effect':'NoSchedule'|",
                "'nodeName':'n'|'key':'k','effect':'NoExecute'|TaintToleration",
                "'tolerations':[{'key':'k','operator':'Exists','tolerationSeconds':5}]|'key':'k','effect':'NoExecute'|"
            })
    void podsThatDoNotWantTheNodeAreRefused(String spec, String taint, String reason) {
        Pod pod = Json.MAPPER.readValue(("{'spec':{" + spec + "}}").replace('\'', '"'), Pod.class);
        String taints = taint == null ? "" : "{" + taint + "}";
        Node here = node("{'metadata':{'name':'n','labels':{'disk':'ssd'}},'spec':{'taints':[" + taints + "]}}");
        assertEquals(
                reason == null ? "" : reason,
                PodAdmission.refusal(pod, List.of(), Optional.of(here), Map.of(), AllowedSysctls.with(List.of()))
                        .map(PodStatusPlan.Ending::reason)
                        .orElse(""));
    }

    /// What was seen last may be old: labels that would keep a pod out are read anew.
    @ParameterizedTest
    @CsvSource({"old,old", "new,new", "none,new"})
    void theNodeIsReadAnewWhereItDoesNotSuit(String wanted, String counts) {
        Pod pod = Json.MAPPER.readValue("{\"spec\":{\"nodeSelector\":{\"disk\":\"" + wanted + "\"}}}", Pod.class);
        Node node = PodAdmission.nodeFor(pod, new FakeNode()).orElseThrow();
        assertEquals(counts, node.metadata().labels().get("disk"));
    }
}
