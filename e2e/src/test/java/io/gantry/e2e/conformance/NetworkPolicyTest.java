package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.NetworkPods.client;
import static io.gantry.e2e.conformance.NetworkPods.pod;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.machine.Machine;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Network policies on real packets: pods `a` and `b` of one namespace, `a` of another one, and the node. Which rules
/// follow from which policies is the table of `PolicyPlanTest`; this shows that they hold, change at once and go.
@Order(5)
@SharedCluster
class NetworkPolicyTest {
    private static final String[] SERVER = {"/s/server.pl", "name:80", "name:81", "udp:82"};

    private static String policy(String name, String spec) {
        return "{\"apiVersion\":\"networking.k8s.io/v1\",\"kind\":\"NetworkPolicy\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{" + spec.replace('\'', '"') + "}}";
    }

    private static String ip(NetworkPods pods, String pod) {
        return pods.get("pod/" + pod, "{.status.podIP}");
    }

    private static boolean tableIsThere(Machine machine) {
        return machine.run(Duration.ofSeconds(10), Map.of(), "", "nft", "list", "table", "ip", "gantry-policy")
                        .code()
                == 0;
    }

    @Test
    void policiesHoldChangeAndGo(TestCluster cluster) {
        NetworkPods x = NetworkPods.in(cluster, "policy-x");
        NetworkPods y = NetworkPods.in(cluster, "policy-y");
        String ports = "\"ports\":[{\"name\":\"web\",\"containerPort\":80}],";
        x.create(pod("a", "\"pod\":\"a\"", "", ports, SERVER), pod("b", "\"pod\":\"b\"", "", ports, SERVER));
        x.create(client("host", "", "\"hostNetwork\":true,"));
        y.create(pod("c", "\"pod\":\"c\"", "", ports, SERVER));
        y.create(
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"c\"},\"spec\":{\"selector\":{\"pod\":\"c\"},\"ports\":[{\"port\":8080,\"targetPort\":80}]}}");
        x.awaitReady("a", "b", "host");
        y.awaitReady("c");
        String a = ip(x, "a");
        String b = ip(x, "b");
        String c = ip(y, "c");
        y.probe("c", "http," + a + ",80,a", "udp," + a + ",82,a");

        // Nobody may come in; answers to what goes out may, and so may the node.
        x.apply(policy("deny", "'podSelector':{},'policyTypes':['Ingress']"));
        y.probe("c", "silent," + a + ",80,-silent", "silent," + b + ",81,-silent");
        x.probe("b", "silent," + a + ",80,-silent", "http," + c + ",80,c");
        x.probe("host", "http," + a + ",80,a", "udp," + a + ",82,a");

        // Policies add up: from another namespace, to a port by its name.
        x.apply(
                policy(
                        "web",
                        "'podSelector':{'matchLabels':{'pod':'a'}},'ingress':[{'from':[{'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'policy-y'}},'podSelector':{'matchLabels':{'may':'yes'}}}],'ports':[{'port':'web'}]}]"));
        y.run("label", "pod", "c", "may=yes");
        y.probe("c", "http," + a + ",80,a", "silent," + a + ",81,-silent", "silent," + b + ",80,-silent");
        y.run("label", "pod", "c", "may-");
        y.probe("c", "silent," + a + ",80,-silent");

        // What goes out: nothing, then names, then a block; a service is its pods.
        x.apply(policy("out", "'podSelector':{'matchLabels':{'pod':'b'}},'policyTypes':['Egress']"));
        x.probe(
                "b",
                "silent," + c + ",80,-silent",
                "silent," + cluster.machine().address() + ",6443,-silent");
        x.apply(policy(
                "out",
                "'podSelector':{'matchLabels':{'pod':'b'}},'policyTypes':['Egress'],'egress':[{'to':[{'namespaceSelector':{'matchLabels':{'kubernetes.io/metadata.name':'kube-system'}},'podSelector':{'matchLabels':{'k8s-app':'kube-dns'}}}],'ports':[{'port':53,'protocol':'UDP'}]},{'to':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['"
                        + a + "/32']}}],'ports':[{'port':80,'endPort':81}]}]"));
        x.probe("b", "http,c.policy-y,8080,c", "http," + c + ",81,c", "silent," + a + ",80,-silent");
        x.run("delete", "networkpolicy", "deny", "web");
        x.probe("host", "http," + b + ",80,b");
        y.probe("c", "http," + a + ",81,a", "http," + b + ",80,b");
        assertNotEquals(false, tableIsThere(cluster.machine()));
        x.run("delete", "networkpolicy", "out");
        x.probe("b", "http," + a + ",80,a", "udp," + c + ",82,c");
        await().atMost(Duration.ofSeconds(60)).until(() -> !tableIsThere(cluster.machine()));
        x.kubectl().must("delete", "namespace", "policy-x", "policy-y", "--wait=false");
    }
}
