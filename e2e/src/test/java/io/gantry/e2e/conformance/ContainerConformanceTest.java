package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.PodRow.of;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the conformance suite asks of containers: environment, commands, users, init containers, messages, ends.
@Order(6)
@SharedCluster
class ContainerConformanceTest {
    private static final String NAMESPACE = "containers";
    private static final String ENDS = "ends";
    private static final String LIMITS =
            "\"resources\":{\"requests\":{\"cpu\":\"250m\",\"memory\":\"32Mi\"},\"limits\":{\"cpu\":\"1250m\",\"memory\":\"64Mi\"}}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> containers(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl();
        kubectl.inNewNamespace(NAMESPACE);
        kubectl.must("create", "configmap", "cm", "-n", NAMESPACE, "--from-literal=data_1=value-1");
        kubectl.must("create", "secret", "generic", "sec", "-n", NAMESPACE, "--from-literal=data_1=value-1");
        kubectl.must("create", "service", "clusterip", "fooservice", "-n", NAMESPACE, "--tcp=8765:8080");
        PodTable table = new PodTable(kubectl, NAMESPACE);
        table.fact(
                "service",
                kubectl.must("get", "svc", "fooservice", "-n", NAMESPACE, "-o", "jsonpath={.spec.clusterIP}"));
        table.fact("host", cluster.machine().address());
        table.nodeFacts();
        List<PodRow> rows = new ArrayList<>(environment());
        rows.addAll(downward());
        rows.addAll(commands());
        rows.addAll(security());
        rows.addAll(hosts());
        return table.run("c", rows, folder)
                .onClose(() -> kubectl.must("delete", "namespace", NAMESPACE, "--wait=false"));
    }

    private static String env(String... entries) {
        return "\"env\":[" + String.join(",", entries) + "]";
    }

    private static String value(String name, String value) {
        return "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
    }

    private static List<PodRow> environment() {
        return List.of(
                of(
                        "ConfigMap, from environment field",
                        "",
                        env(
                                "{\"name\":\"A\",\"valueFrom\":{\"configMapKeyRef\":{\"name\":\"cm\",\"key\":\"data_1\"}}}"),
                        "echo $A",
                        "value-1"),
                of(
                        "ConfigMap, from environment variables",
                        "",
                        "\"envFrom\":[{\"configMapRef\":{\"name\":\"cm\"}},{\"prefix\":\"p_\",\"configMapRef\":{\"name\":\"cm\"}}]",
                        "echo $data_1 $p_data_1",
                        "value-1 value-1"),
                of(
                        "Secrets, pod environment field",
                        "",
                        env("{\"name\":\"A\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"sec\",\"key\":\"data_1\"}}}"),
                        "echo $A",
                        "value-1"),
                of(
                        "Secrets, pod environment from source",
                        "",
                        "\"envFrom\":[{\"prefix\":\"p_\",\"secretRef\":{\"name\":\"sec\"}}]",
                        "echo $p_data_1",
                        "value-1"),
                of(
                        "Environment variables, expansion",
                        "",
                        env(
                                value("FOO", "foo-value"),
                                value("BAR", "bar-value"),
                                value("ALL", "$(FOO);;$(BAR) $$(FOO)")),
                        "echo \"$ALL\"",
                        "foo-value;;bar-value $(FOO)"),
                of(
                        "Pods, service environment variables",
                        "",
                        "",
                        "echo $FOOSERVICE_SERVICE_HOST $FOOSERVICE_SERVICE_PORT $FOOSERVICE_PORT_8765_TCP",
                        "{service} 8765 tcp://{service}:8765"));
    }

    private static String field(String path) {
        return env("{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"" + path + "\"}}}");
    }

    private static List<PodRow> downward() {
        List<PodRow> rows = new ArrayList<>();
        for (String[] row : new String[][] {
            {"DownwardAPI, environment for name, namespace and ip (name)", "metadata.name", "{pod}"},
            {"DownwardAPI, environment for name, namespace and ip (namespace)", "metadata.namespace", "{namespace}"},
            {"DownwardAPI, environment for name, namespace and ip (ip)", "status.podIP", "{ip}"},
            {"DownwardAPI, environment for host ip", "status.hostIP", "{host}"},
            {"DownwardAPI, environment for hostIPs", "status.hostIPs", "{host}"},
            {"DownwardAPI, environment for Pod UID", "metadata.uid", "{uid}"}
        }) {
            rows.add(of(row[0], "", field(row[1]), "echo $A", row[2]));
        }
        rows.add(of(
                "DownwardAPI, environment for default CPU and memory limits and requests",
                "",
                env(
                        "{\"name\":\"A\",\"valueFrom\":{\"resourceFieldRef\":{\"resource\":\"limits.cpu\"}}}",
                        "{\"name\":\"B\",\"valueFrom\":{\"resourceFieldRef\":{\"resource\":\"limits.memory\"}}}"),
                "echo $A $B",
                "{cpu} {memory}"));
        String resource = "{\"name\":\"%s\",\"valueFrom\":{\"resourceFieldRef\":{\"resource\":\"%s\"}}}";
        rows.add(of(
                "DownwardAPI, environment for CPU and memory limits and requests",
                "",
                LIMITS + ","
                        + env(
                                resource.formatted("A", "limits.cpu"),
                                resource.formatted("B", "requests.cpu"),
                                resource.formatted("C", "limits.memory"),
                                resource.formatted("D", "requests.memory")),
                "echo $A $B $C $D",
                "2 1 67108864 33554432"));
        return rows;
    }

    private static List<PodRow> commands() {
        return List.of(
                of("Containers, with command and arguments", "", "\"args\":[\"a\",\"b c\"]", "echo \"$0|$1\"", "a|b c"),
                of(
                        "Environment variables, command argument expansion",
                        "",
                        "\"args\":[\"$(FOO)\",\"$$(FOO)\",\"$(NONE)\"]," + env(value("FOO", "test-value")),
                        "echo \"$0 $1 $2\"",
                        "test-value $(FOO) $(NONE)"),
                of(
                        "Environment variables, command expansion",
                        "",
                        env(value("FOO", "test-value")),
                        "echo $(FOO)",
                        "test-value"),
                of(
                        "Kubelet, log output, default",
                        "",
                        "",
                        "echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three",
                        "one\ntwo\nthree"),
                of(
                        "init-container-starts-app-restartnever-pod",
                        "\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}],\"initContainers\":[" + init("i1") + ","
                                + init("i2") + "]",
                        "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]",
                        "cat /v/f",
                        "i1\ni2"),
                of(
                        "VolumeSubpathEnvExpansion, subpath expansion",
                        "\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}]",
                        env("{\"name\":\"POD\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}")
                                + ",\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/sub\",\"subPathExpr\":\"$(POD)\"},{\"name\":\"v\",\"mountPath\":\"/all\"}]",
                        "echo x > /sub/f && ls /all && cat /all/$POD/f",
                        "{pod}\nx"));
    }

    private static String init(String name) {
        return "{\"name\":\"" + name + "\",\"image\":\"" + TestCluster.BUSYBOX + "\",\"command\":[\"sh\",\"-c\",\"echo "
                + name + " >> /v/f\"],\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]}";
    }

    private static List<PodRow> security() {
        String context = "\"securityContext\":{%s}";
        return List.of(
                of("Security Context, runAsUser=65534", "", context.formatted("\"runAsUser\":65534"), "id -u", "65534"),
                of(
                        "Security Context, test RunAsGroup at pod level",
                        context.formatted("\"runAsUser\":1001,\"runAsGroup\":2002"),
                        "",
                        "id -u; id -g",
                        "1001\n2002"),
                of(
                        "Security Context, test RunAsGroup at container level",
                        context.formatted("\"runAsUser\":1001,\"runAsGroup\":2002"),
                        context.formatted("\"runAsUser\":1002,\"runAsGroup\":3003"),
                        "id -u; id -g",
                        "1002\n3003"),
                of(
                        "Security Context, privileged=false.",
                        "",
                        context.formatted("\"privileged\":false"),
                        "ip link add dummy1 type dummy 2>/dev/null && echo made || echo refused",
                        "refused"),
                of(
                        "Security Context, readOnlyRootFilesystem=false.",
                        "",
                        context.formatted("\"readOnlyRootFilesystem\":false"),
                        "echo checking > /file && cat /file",
                        "checking"),
                of(
                        "Kubelet, pod with read only root file system",
                        "",
                        context.formatted("\"readOnlyRootFilesystem\":true"),
                        "(echo x > /file) 2>/dev/null && echo written || echo refused",
                        "refused"),
                of(
                        "Security Context, allowPrivilegeEscalation=false.",
                        "",
                        context.formatted("\"runAsUser\":1000,\"allowPrivilegeEscalation\":false"),
                        "grep NoNewPrivs /proc/self/status | tr -s '\\t' ' '",
                        "NoNewPrivs: 1"),
                of(
                        "Sysctl, test sysctls",
                        "\"securityContext\":{\"sysctls\":[{\"name\":\"kernel.shm_rmid_forced\",\"value\":\"1\"}]}",
                        "",
                        "cat /proc/sys/kernel/shm_rmid_forced",
                        "1"));
    }

    private static List<PodRow> hosts() {
        return List.of(
                of(
                        "Kubelet, hostAliases",
                        "\"hostAliases\":[{\"ip\":\"123.45.67.89\",\"hostnames\":[\"foo\",\"bar\"]}]",
                        "",
                        "grep 123.45.67.89 /etc/hosts | tr '\\t' ' '",
                        "123.45.67.89 foo bar"),
                of(
                        "Kubelet, managed etc hosts",
                        "",
                        "",
                        "head -1 /etc/hosts; tail -1 /etc/hosts | tr '\\t' ' '",
                        "# Kubernetes-managed hosts file.\n{ip} {pod}"));
    }

    /// How pods end: what the status says of it.
    @Test
    void ends(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl();
        kubectl.inNewNamespace(ENDS);
        String message = "\"terminationMessagePolicy\":\"FallbackToLogsOnError\"";
        String restarts = "\"restartPolicy\":\"%s\"";
        create(kubectl, "file", "", message, "echo -n OK > /dev/termination-log");
        create(kubectl, "log", "", message, "echo -n DONE; exit 1");
        create(kubectl, "silent", "", message, "echo -n OK");
        create(
                kubectl,
                "path",
                "\"securityContext\":{\"runAsUser\":1000}",
                "\"terminationMessagePath\":\"/dev/other-log\"",
                "echo -n DONE > /dev/other-log");
        create(kubectl, "deadline", "\"activeDeadlineSeconds\":3", "", "sleep 600");
        create(kubectl, "failing", "", "", "exit 3");
        create(kubectl, "onfailure", restarts.formatted("OnFailure"), "", "exit 0");
        create(kubectl, "always", restarts.formatted("Always"), "", "sleep 1; exit 0");
        create(kubectl, "init-fails", "\"initContainers\":[" + failing() + "]", "", "echo never");
        create(
                kubectl,
                "init-fails-always",
                restarts.formatted("Always") + ",\"initContainers\":[" + failing() + "]",
                "",
                "echo never");

        String terminated = "{.status.containerStatuses[0].state.terminated.";
        expect(kubectl, "file", terminated + "message}", "OK");
        expect(kubectl, "log", terminated + "message}", "DONE");
        expect(kubectl, "silent", "{.status.phase}", "Succeeded");
        expect(kubectl, "silent", terminated + "message}", "");
        expect(kubectl, "path", terminated + "message}", "DONE");
        expect(kubectl, "deadline", "{.status.phase} {.status.reason}", "Failed DeadlineExceeded");
        expect(kubectl, "failing", "{.status.phase}", "Failed");
        expect(kubectl, "failing", terminated + "reason} " + terminated + "exitCode}", "Error 3");
        expect(kubectl, "onfailure", "{.status.phase}", "Succeeded");
        expect(kubectl, "init-fails", "{.status.phase}", "Failed");
        expect(kubectl, "init-fails-always", "{.status.phase}", "Pending");
        await().atMost(PATIENCE)
                .until(() -> !get(kubectl, "always", "{.status.containerStatuses[0].restartCount}")
                        .equals("0"));
        await().atMost(PATIENCE)
                .until(() -> !get(kubectl, "init-fails-always", "{.status.initContainerStatuses[0].restartCount}")
                        .equals("0"));
        assertEquals("", get(kubectl, "init-fails", "{.status.containerStatuses[0].state.running}"));
        Host.Result bad = kubectl.runWith(
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"empty\"},\"data\":{\"\":\"x\"}}",
                "create",
                "-n",
                ENDS,
                "-f",
                "-");
        assertNotEquals(0, bad.code(), bad.all());
        assertTrue(bad.err().contains("data[]"), bad.err());
        kubectl.must("delete", "namespace", ENDS, "--wait=false");
    }

    private static String failing() {
        return "{\"name\":\"i\",\"image\":\"" + TestCluster.BUSYBOX + "\",\"command\":[\"sh\",\"-c\",\"exit 1\"]}";
    }

    private void create(Kubectl kubectl, String name, String spec, String container, String script) throws Exception {
        String json = new PodRow(name, spec, container, script, "").json(name, ENDS, TestCluster.BUSYBOX);
        if (spec.contains("restartPolicy")) {
            json = json.replaceFirst("\"restartPolicy\":\"Never\",", "");
        }
        Path file = Files.writeString(folder.resolve(name + ".json"), json);
        kubectl.must("create", "-n", ENDS, "-f", file.toString());
    }

    private static String get(Kubectl kubectl, String pod, String path) {
        return kubectl.must("get", "pod", pod, "-n", ENDS, "-o", "jsonpath=" + path);
    }

    private static void expect(Kubectl kubectl, String pod, String path, String wanted) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, get(kubectl, pod, path), pod));
    }
}
