package io.gantry.e2e.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Rows of pods, all run at once in one namespace; each row is a test of its own.
final class PodTable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Kubectl kubectl;
    private final String namespace;
    private final Map<String, String> facts = new HashMap<>();

    PodTable(Kubectl kubectl, String namespace) {
        this.kubectl = kubectl;
        this.namespace = namespace;
    }

    /// Something that a row may expect as `{name}`.
    void fact(String name, String value) {
        facts.put(name, value);
    }

    /// The node's `{cpu}` and `{memory}` (in bytes) that pods may use.
    void nodeFacts() {
        String[] amounts = kubectl.must(
                        "get",
                        "nodes",
                        "-o",
                        "jsonpath={.items[0].status.allocatable.cpu} {.items[0].status.allocatable.memory}")
                .split(" ");
        fact("cpu", amounts[0]);
        fact(
                "memory",
                amounts[1].endsWith("Ki")
                        ? Long.toString(Long.parseLong(amounts[1].replace("Ki", "")) * 1024)
                        : amounts[1]);
    }

    /// Runs the pods to their end.
    Stream<DynamicTest> run(String table, List<PodRow> rows, Path folder) throws IOException {
        List<String> pods = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            // Logs of many pods are read at once, by lines: each output must end one.
            pods.add(rows.get(i).endingItsLine().json(table + "-" + i, table, TestCluster.BUSYBOX));
        }
        Path file = Files.writeString(
                folder.resolve(table + ".json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + String.join(",\n", pods) + "]}");
        kubectl.must("create", "-n", namespace, "-f", file.toString());
        await().atMost(PATIENCE).until(() -> phases(table), PodTable::allEnded);
        Map<String, String> logs = logs(table);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String pod = table + "-" + i;
            PodRow row = rows.get(i);
            tests.add(DynamicTest.dynamicTest(
                    row.line(),
                    () -> assertEquals(
                            expected(row, pod), logs.getOrDefault(pod, "").strip())));
        }
        return tests.stream();
    }

    private String phases(String table) {
        return kubectl.must(
                "get", "pods", "-n", namespace, "-l", "table=" + table, "-o", "jsonpath={.items[*].status.phase}");
    }

    private static boolean allEnded(String phases) {
        return Stream.of(phases.split(" ")).allMatch(phase -> phase.equals("Succeeded") || phase.equals("Failed"));
    }

    private Map<String, String> logs(String table) {
        Map<String, String> logs = new HashMap<>();
        String all = kubectl.must(
                "logs",
                "-n",
                namespace,
                "-l",
                "table=" + table,
                "-c",
                "c",
                "--prefix",
                "--tail=-1",
                "--max-log-requests=200");
        for (String line : all.split("\n")) {
            String pod = line.replaceFirst("^\\[pod/([^/]*)/c] ?.*$", "$1");
            logs.merge(pod, line.replaceFirst("^\\[[^]]*] ?", ""), (a, b) -> a + "\n" + b);
        }
        return logs;
    }

    private String expected(PodRow row, String pod) {
        String text = row.expected().replace("{pod}", pod).replace("{namespace}", namespace);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            text = text.replace("{" + fact.getKey() + "}", fact.getValue());
        }
        for (String field : List.of("uid", "ip")) {
            if (text.contains("{" + field + "}")) {
                String path = field.equals("uid") ? "{.metadata.uid}" : "{.status.podIP}";
                text = text.replace(
                        "{" + field + "}", kubectl.must("get", "pod", pod, "-n", namespace, "-o", "jsonpath=" + path));
            }
        }
        return text;
    }
}
