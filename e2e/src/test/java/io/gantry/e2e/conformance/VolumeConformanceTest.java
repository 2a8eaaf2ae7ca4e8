package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.PodRow.of;
import static io.gantry.e2e.conformance.PodRow.volume;
import static io.gantry.e2e.conformance.PodRow.volumeAs;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the conformance suite asks of volumes, in real containers.
@Order(5)
@SharedCluster
class VolumeConformanceTest {
    private static final String NAMESPACE = "volumes";
    private static final String USER = "\"securityContext\":{\"runAsUser\":1000}";
    private static final String LIMITS =
            "\"resources\":{\"requests\":{\"cpu\":\"250m\",\"memory\":\"32Mi\"},\"limits\":{\"cpu\":\"1250m\",\"memory\":\"64Mi\"}}";

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> volumes(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl();
        kubectl.inNewNamespace(NAMESPACE);
        kubectl.must(
                "create",
                "configmap",
                "cm",
                "-n",
                NAMESPACE,
                "--from-literal=data-1=value-1",
                "--from-literal=data-2=value-2");
        kubectl.must(
                "create",
                "secret",
                "generic",
                "sec",
                "-n",
                NAMESPACE,
                "--from-literal=data-1=value-1",
                "--from-literal=data-2=value-2");
        PodTable table = new PodTable(kubectl, NAMESPACE);
        table.nodeFacts();
        List<PodRow> rows = new ArrayList<>(emptyDirs());
        rows.addAll(files("ConfigMap Volume", "\"configMap\":{\"name\":\"cm\"%s}"));
        rows.addAll(files("Secrets Volume", "\"secret\":{\"secretName\":\"sec\"%s}"));
        rows.addAll(files(
                "Projected Volume, ConfigMap", "\"projected\":{\"sources\":[{\"configMap\":{\"name\":\"cm\"}}]%s}"));
        rows.addAll(
                files("Projected Volume, Secrets", "\"projected\":{\"sources\":[{\"secret\":{\"name\":\"sec\"}}]%s}"));
        rows.addAll(mapped("ConfigMap Volume", "\"configMap\":{\"name\":\"cm\",%s}"));
        rows.addAll(mapped("Secrets Volume", "\"secret\":{\"secretName\":\"sec\",%s}"));
        rows.addAll(mapped(
                "Projected Volume, ConfigMap", "\"projected\":{\"sources\":[{\"configMap\":{\"name\":\"cm\",%s}}]}"));
        rows.addAll(mapped(
                "Projected Volume, Secrets", "\"projected\":{\"sources\":[{\"secret\":{\"name\":\"sec\",%s}}]}"));
        rows.addAll(downward("DownwardAPI volume", "\"downwardAPI\":{%s\"items\":[%s]}"));
        rows.addAll(downward(
                "Projected Volume, DownwardAPI", "\"projected\":{%s\"sources\":[{\"downwardAPI\":{\"items\":[%s]}}]}"));
        rows.add(all());
        rows.addAll(new SharedFiles(folder).rows(kubectl, NAMESPACE));
        return table.run("v", rows, folder)
                .onClose(() -> kubectl.must("delete", "namespace", NAMESPACE, "--wait=false"));
    }

    private static List<PodRow> emptyDirs() {
        List<PodRow> rows = new ArrayList<>();
        for (String medium : List.of("default", "memory")) {
            String source = medium.equals("memory") ? "\"emptyDir\":{\"medium\":\"Memory\"}" : "\"emptyDir\":{}";
            String type = medium.equals("memory") ? "; awk '$2 == \"/v\" {print $3}' /proc/mounts" : "";
            String tmpfs = medium.equals("memory") ? "\ntmpfs" : "";
            String sticky = medium.equals("memory") ? "1" : ""; // the kernel's own for a tmpfs, which upstream keeps
            rows.add(volume(
                    "EmptyDir, medium " + medium + ", volume mode default",
                    source,
                    "stat -c %a /v" + type,
                    sticky + "777" + tmpfs));
            for (String mode : List.of("644", "666", "777")) {
                String script =
                        "echo mount-tester > /v/f && chmod " + mode + " /v/f && stat -c %a /v/f && cat /v/f" + type;
                String line = "EmptyDir, medium " + medium + ", volume mode 0" + mode;
                rows.add(volume(line, source, script, mode + "\nmount-tester" + tmpfs));
                rows.add(volumeAs(line + ", non-root user", USER, source, script, mode + "\nmount-tester" + tmpfs));
            }
        }
        rows.add(of(
                "EmptyDir, Shared volumes between containers",
                "\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}],\"initContainers\":[{\"name\":\"i\",\"image\":\""
                        + TestCluster.BUSYBOX
                        + "\",\"command\":[\"sh\",\"-c\",\"echo shared > /v/f\"],\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]}]",
                "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]",
                "cat /v/f",
                "shared"));
        return rows;
    }

    private static List<PodRow> files(String name, String source) {
        return List.of(
                volume(name + ", without mapping", source.formatted(""), "cat /v/data-1", "value-1"),
                volume(name + ", mode default", source.formatted(""), "stat -L -c %a /v/data-1", "644"),
                volumeAs(name + ", non-root user", USER, source.formatted(""), "cat /v/data-1", "value-1"),
                volume(
                        name + ", volume mode 0400",
                        source.formatted(",\"defaultMode\":256"),
                        "stat -L -c %a /v/data-1 && cat /v/data-1",
                        "400\nvalue-1"),
                volumeAs(
                        name + ", volume mode 0440, fsGroup 1001 and uid 1000",
                        "\"securityContext\":{\"runAsUser\":1000,\"fsGroup\":1001}",
                        source.formatted(",\"defaultMode\":288"),
                        "stat -L -c '%a %g' /v/data-1 && cat /v/data-1",
                        "440 1001\nvalue-1"));
    }

    private static List<PodRow> mapped(String name, String source) {
        String items = "\"items\":[{\"key\":\"data-2\",\"path\":\"path/to/data-2\"%s}]";
        String plain = source.formatted(items.formatted(""));
        return List.of(
                volume(name + ", mapped", plain, "cat /v/path/to/data-2; ls /v", "value-2path"),
                volumeAs(name + ", mapped, non-root user", USER, plain, "cat /v/path/to/data-2", "value-2"),
                volume(
                        name + ", mapped, volume mode 0400",
                        source.formatted(items.formatted(",\"mode\":256")),
                        "stat -L -c %a /v/path/to/data-2 && cat /v/path/to/data-2",
                        "400\nvalue-2"),
                of(
                        name + ", multiple volume paths",
                        "\"volumes\":[{\"name\":\"v\"," + plain + "},{\"name\":\"w\"," + plain + "}]",
                        "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"},{\"name\":\"w\",\"mountPath\":\"/w\"}]",
                        "cat /v/path/to/data-2 /w/path/to/data-2",
                        "value-2value-2"));
    }

    private static List<PodRow> downward(String name, String source) {
        List<PodRow> rows = new ArrayList<>();
        for (String[] row : new String[][] {
            {"CPU limits", "limits.cpu", "2", "2"},
            {"CPU request", "requests.cpu", "1", "1"},
            {"memory limits", "limits.memory", "67108864", "67108864"},
            {"memory request", "requests.memory", "33554432", "33554432"}
        }) {
            rows.add(resource(name + ", " + row[0], source, row[1], LIMITS, row[2]));
        }
        rows.add(resource(name + ", CPU limit, default node allocatable", source, "limits.cpu", "", "{cpu}"));
        rows.add(resource(name + ", memory limit, default node allocatable", source, "limits.memory", "", "{memory}"));
        String pod = "{\"path\":\"name\",\"fieldRef\":{\"fieldPath\":\"metadata.name\"}%s}";
        rows.add(volume(name + ", pod name", source.formatted("", pod.formatted("")), "cat /v/name", "{pod}"));
        rows.add(volume(
                name + ", volume mode 0400",
                source.formatted("\"defaultMode\":256,", pod.formatted("")),
                "stat -L -c %a /v/name",
                "400"));
        rows.add(volume(
                name + ", file mode 0400",
                source.formatted("", pod.formatted(",\"mode\":256")),
                "stat -L -c %a /v/name",
                "400"));
        return rows;
    }

    private static PodRow resource(String line, String source, String field, String limits, String expected) {
        String item = "{\"path\":\"r\",\"resourceFieldRef\":{\"containerName\":\"c\",\"resource\":\"" + field + "\"}}";
        String mounts = "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]";
        return of(
                line,
                "\"volumes\":[{\"name\":\"v\"," + source.formatted("", item) + "}]",
                limits.isEmpty() ? mounts : mounts + "," + limits,
                "cat /v/r",
                expected);
    }

    private static PodRow all() {
        return volume(
                "Projected Volume, multiple projections",
                "\"projected\":{\"sources\":[{\"configMap\":{\"name\":\"cm\",\"items\":[{\"key\":\"data-1\",\"path\":\"c\"}]}},"
                        + "{\"secret\":{\"name\":\"sec\",\"items\":[{\"key\":\"data-2\",\"path\":\"s\"}]}},"
                        + "{\"downwardAPI\":{\"items\":[{\"path\":\"n\",\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}]}}]}",
                "cat /v/c /v/s /v/n",
                "value-1value-2{pod}");
    }
}
