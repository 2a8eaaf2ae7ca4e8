package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gantry.e2e.machine.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Running containers get other amounts of CPU and memory, there and back again.
final class Resizes implements Scenario {
    private static final String READ_V1 =
            "cd /sys/fs/cgroup; cat cpu/cpu.shares cpu/cpu.cfs_quota_us" + " memory/memory.limit_in_bytes";

    /// Amounts of one container; empty where it has none.
    private record Amounts(String cpu, String cpuLimit, String memory, String memoryLimit) {
        static Amounts guaranteed(String cpu, String memory) {
            return new Amounts(cpu, cpu, memory, memory);
        }

        String json() {
            return "{" + list("limits", cpuLimit, memoryLimit)
                    + (list("limits", cpuLimit, memoryLimit).isEmpty()
                                    || list("requests", cpu, memory).isEmpty()
                            ? ""
                            : ",")
                    + list("requests", cpu, memory) + "}";
        }

        private static String list(String name, String cpu, String memory) {
            List<String> items = new ArrayList<>();
            if (!cpu.isEmpty()) {
                items.add("\"cpu\":\"" + cpu + "\"");
            }
            if (!memory.isEmpty()) {
                items.add("\"memory\":\"" + memory + "\"");
            }
            return items.isEmpty() ? "" : "\"" + name + "\":{" + String.join(",", items) + "}";
        }
    }

    /// A pod and what is asked of it.
    private record Row(String line, String pod, List<Amounts> before, List<Amounts> after, String policy) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "In-place Pod Resize, guaranteed pods with multiple containers, net increase",
                    "resize-more",
                    guaranteed("20m,35Mi", "22m,37Mi", "24m,39Mi"),
                    guaranteed("25m,40Mi", "27m,42Mi", "19m,34Mi"),
                    ""),
            new Row(
                    "In-place Pod Resize, guaranteed pods with multiple containers, net decrease",
                    "resize-less",
                    guaranteed("20m,35Mi", "22m,37Mi", "24m,39Mi"),
                    guaranteed("25m,40Mi", "17m,32Mi", "19m,34Mi"),
                    ""),
            new Row(
                    "In-place Pod Resize, guaranteed pods with multiple containers, various operations",
                    "resize-mixed",
                    guaranteed("20m,35Mi", "22m,37Mi", "24m,39Mi"),
                    guaranteed("25m,35Mi", "17m,42Mi", "29m,44Mi"),
                    ""),
            new Row(
                    "In-place Pod Resize, burtable pod with multiple containers and various operations",
                    "resize-burst",
                    List.of(
                            new Amounts("20m", "", "", ""),
                            new Amounts("", "", "35Mi", ""),
                            new Amounts("20m", "", "35Mi", ""),
                            new Amounts("20m", "", "", ""),
                            new Amounts("", "", "35Mi", "")),
                    List.of(
                            new Amounts("25m", "35m", "", ""),
                            new Amounts("", "", "30Mi", "50Mi"),
                            new Amounts("20m", "", "30Mi", ""),
                            new Amounts("15m", "", "35Mi", ""),
                            new Amounts("20m", "", "40Mi", "")),
                    ""),
            new Row(
                    "In-place Pod Resize, burstable pod resized with equivalents",
                    "resize-equal",
                    List.of(new Amounts("2m", "10m", "", "")),
                    List.of(new Amounts("1m", "5m", "", "")),
                    ""),
            new Row(
                    "a container that asks for it is restarted",
                    "resize-restart",
                    guaranteed("20m,35Mi"),
                    guaranteed("20m,40Mi"),
                    "'resizePolicy':[{'resourceName':'memory','restartPolicy':'RestartContainer'}],"));

    private static List<Amounts> guaranteed(String... amounts) {
        return Stream.of(amounts)
                .map(a -> Amounts.guaranteed(a.split(",")[0], a.split(",")[1]))
                .toList();
    }

    @Override
    public void start(Scene scene) {
        List<String> pods = new ArrayList<>();
        for (Row row : ROWS) {
            List<String> containers = new ArrayList<>();
            for (int i = 0; i < row.before().size(); i++) {
                containers.add(Scene.shell(
                        "c" + (i + 1),
                        "sleep 86400",
                        row.policy() + "'resources':" + row.before().get(i).json()));
            }
            pods.add(Scene.pod(row.pod(), "", "'containers':[" + String.join(",", containers) + "]"));
        }
        pods.add(Scene.shellPod("resize-never", "sleep 600", "'resources':{'requests':{'cpu':'10m'}}"));
        scene.create(pods);
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        List<DynamicTest> tests = new ArrayList<>();
        ROWS.forEach(row -> tests.add(dynamicTest(row.line(), () -> thereAndBack(scene, row))));
        tests.add(dynamicTest("In-place Pod Resize, read and replace endpoints", () -> replace(scene)));
        tests.add(dynamicTest("what the node does not have is refused", () -> refused(scene)));
        return tests;
    }

    private static void thereAndBack(Scene scene, Row row) {
        scene.awaitReady(row.pod());
        verify(scene, row, row.before(), 0);
        patch(scene, row, row.after());
        verify(scene, row, row.after(), 1);
        if (row.before().stream().noneMatch(a -> a.cpu().isEmpty() || a.memory().isEmpty())) {
            patch(scene, row, row.before());
            verify(scene, row, row.before(), 2);
        }
    }

    private static void patch(Scene scene, Row row, List<Amounts> amounts) {
        List<String> containers = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            containers.add("{\"name\":\"c" + (i + 1) + "\",\"resources\":"
                    + amounts.get(i).json() + "}");
        }
        scene.must(
                "patch",
                "pod",
                row.pod(),
                "--subresource=resize",
                "-p",
                "{\"spec\":{\"containers\":[" + String.join(",", containers) + "]}}");
    }

    /// Status, restarts, conditions and cgroups.
    private static void verify(Scene scene, Row row, List<Amounts> amounts, int resizes) {
        String wanted = amounts.stream().map(Amounts::json).collect(Collectors.joining(" "));
        scene.expect(row.pod(), ".status.containerStatuses[*].resources", wanted);
        scene.expect(row.pod(), ".status.conditions[?(@.type==\"PodResizeInProgress\")].type", "");
        scene.awaitReady(row.pod());
        int restarts = row.policy().isEmpty() ? 0 : resizes;
        assertEquals(
                amounts.stream().map(a -> Integer.toString(restarts)).collect(Collectors.joining(" ")),
                scene.field(row.pod(), ".status.containerStatuses[*].restartCount"));
        assertEquals("", scene.field(row.pod(), ".status.conditions[?(@.type==\"PodResizePending\")].type"));
        for (int i = 0; i < amounts.size(); i++) {
            cgroup(scene, row.pod(), "c" + (i + 1), amounts.get(i));
        }
    }

    private static void cgroup(Scene scene, String pod, String container, Amounts amounts) {
        Map<String, String> files = new LinkedHashMap<>();
        String[] v1 = scene.must(
                        "exec",
                        pod,
                        "-c",
                        container,
                        "--",
                        "sh",
                        "-c",
                        "if [ -e /sys/fs/cgroup/cgroup.controllers ]; then cd /sys/fs/cgroup; echo v2;"
                                + " cut -d \" \" -f 1 cpu.max; cat memory.max; else " + READ_V1 + "; fi")
                .split("\n");
        files.put("quota", v1[1]);
        files.put("memory", v1[2]);
        if (!amounts.cpuLimit().isEmpty()) {
            long milli = Long.parseLong(amounts.cpuLimit().replace("m", ""));
            assertEquals(Long.toString(Math.max(1000, milli * 100)), files.get("quota"), container);
        }
        if (!amounts.memoryLimit().isEmpty()) {
            long bytes = Long.parseLong(amounts.memoryLimit().replace("Mi", "")) << 20;
            assertEquals(Long.toString(bytes), files.get("memory"), container);
        }
        if (!v1[0].equals("v2") && !amounts.cpu().isEmpty()) {
            long milli = Long.parseLong(amounts.cpu().replace("m", ""));
            assertEquals(Long.toString(Math.max(2, milli * 1024 / 1000)), v1[0], container);
        }
    }

    private static void replace(Scene scene) {
        scene.awaitReady("resize-never");
        String path = "/api/v1/namespaces/" + scene.namespace() + "/pods/resize-never/resize";
        String pod = scene.kubectl().must("get", "--raw", path);
        String generation = scene.field("resize-never", ".metadata.generation");
        scene.kubectl()
                .mustWith(pod.replace("\"cpu\":\"10m\"", "\"cpu\":\"15m\""), "replace", "--raw", path, "-f", "-");
        scene.expect("resize-never", ".status.containerStatuses[0].resources.requests.cpu", "15m");
        assertTrue(
                Integer.parseInt(scene.field("resize-never", ".metadata.generation")) > Integer.parseInt(generation));
    }

    private static void refused(Scene scene) {
        Host.Result answer = scene.run(
                "patch",
                "pod",
                "resize-never",
                "--subresource=resize",
                "-p",
                "{\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"cpu\":\"5000\"}}}]}}");
        assertEquals(1, answer.code(), answer.all());
        assertTrue(answer.err().contains("node didn't have enough allocatable resources: cpu"), answer.all());
        assertEquals("15m", scene.field("resize-never", ".spec.containers[0].resources.requests.cpu"));
    }
}
