package io.gantry.e2e.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/// One namespace of the shared cluster and what tests do in it. JSON is written with single quotes.
record Scene(TestCluster cluster, Kubectl kubectl, String namespace) {
    static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(700);

    /// The text with double quotes.
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /// A container that runs a script; the script may hold no single quotes.
    static String shell(String name, String script, String more) {
        String escaped = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "{'name':'" + name + "','image':'" + TestCluster.BUSYBOX + "','command':['sh','-c','" + escaped + "']"
                + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /// A pod's manifest.
    static String pod(String name, String metadata, String spec) {
        return json("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name + "'"
                + (metadata.isEmpty() ? "" : "," + metadata) + "},'spec':{"
                + (spec.contains("terminationGracePeriodSeconds") ? "" : "'terminationGracePeriodSeconds':0,") + spec
                + "}}");
    }

    /// A pod of one container that runs a script.
    static String shellPod(String name, String script, String container) {
        return pod(name, "", "'containers':[" + shell("c", script, container) + "]");
    }

    /// Creates objects in one call.
    void create(List<String> manifests) {
        String items = String.join(",", manifests);
        kubectl.mustWith(
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + items + "]}",
                "create",
                "-n",
                namespace,
                "-f",
                "-");
    }

    /// Runs kubectl in the namespace; it must succeed.
    String must(String... arguments) {
        return kubectl.must(inNamespace(arguments));
    }

    /// Runs kubectl in the namespace.
    Host.Result run(String... arguments) {
        return kubectl.run(inNamespace(arguments));
    }

    private String[] inNamespace(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "-n";
        all[1] = namespace;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return all;
    }

    /// A field of a pod, by JSON path without braces; empty where the pod or the field is not there.
    String field(String pod, String path) {
        return must("get", "pod", pod, "--ignore-not-found", "-o", "jsonpath={" + path + "}");
    }

    /// What a script prints in a pod's first container.
    String exec(String pod, String script) {
        return must("exec", pod, "--", "sh", "-c", script);
    }

    void expect(String pod, String path, String wanted) {
        await(path, () -> field(pod, path), wanted);
    }

    /// Waits until the text is as wanted.
    void await(String what, Supplier<String> actual, String wanted) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertEquals(wanted, actual.get(), what));
    }

    /// Waits until the text holds a part.
    void awaitPart(String what, Supplier<String> actual, String part) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .until(actual::get, text -> text.contains(part));
    }

    void awaitRunning(String pod) {
        expect(pod, ".status.phase", "Running");
    }

    void awaitReady(String pod) {
        expect(pod, ".status.conditions[?(@.type==\"Ready\")].status", "True");
    }

    /// A command that must fail; what it prints.
    String refused(String input, String... arguments) {
        Host.Result result = kubectl.runWith(input, inNamespace(arguments));
        assertNotEquals(0, result.code(), result.all());
        return result.all();
    }
}
