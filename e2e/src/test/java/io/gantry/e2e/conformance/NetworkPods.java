package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pods that serve and ask, in one namespace: the scripts `server.pl` and `probe.pl` of `resources/network`.
///
/// @param namespace of all of them
record NetworkPods(Kubectl kubectl, String namespace) {
    private static final Path SCRIPTS = Path.of("src/test/resources/network").toAbsolutePath();

    /// Makes the namespace and puts the scripts there.
    static NetworkPods in(TestCluster cluster, String namespace) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace(namespace);
        return new NetworkPods(kubectl, namespace).withScripts();
    }

    /// Puts the scripts into the namespace.
    NetworkPods withScripts() {
        run("create", "configmap", "scripts", "--from-file=" + SCRIPTS.toString());
        return this;
    }

    /// A pod as JSON that runs a Perl script and can reach both of ours in `/s`.
    ///
    /// @param labels members of the labels
    /// @param spec further members of the spec, each followed by a comma
    /// @param container further members of the container, each followed by a comma
    /// @param script with its arguments
    static String pod(String name, String labels, String spec, String container, String... script) {
        String words = Stream.of(script)
                .map(word -> "\"" + word.replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        return """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{%s}},"spec":{%s
             "terminationGracePeriodSeconds":0,
             "volumes":[{"name":"s","configMap":{"name":"scripts"}}],
             "containers":[{"name":"c","image":"%s",%s"command":["perl",%s],
              "volumeMounts":[{"name":"s","mountPath":"/s"}]}]}}""".formatted(name, labels, spec, TestCluster.PERL, container, words);
    }

    /// A pod that only waits to be told what to ask.
    static String client(String name, String labels, String spec) {
        return pod(name, labels, spec, "", "-e", "$SIG{TERM} = sub { exit 0 }; sleep");
    }

    /// Creates objects.
    void create(String... objects) {
        kubectl.mustWith(list(objects), "create", "-n", namespace, "-f", "-");
    }

    /// Changes objects.
    void apply(String... objects) {
        kubectl.mustWith(list(objects), "apply", "-n", namespace, "-f", "-");
    }

    private static String list(String... objects) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + String.join(",", objects) + "]}";
    }

    /// kubectl in this namespace.
    String run(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        words.addAll(1, List.of("-n", namespace));
        return kubectl.must(words.toArray(String[]::new));
    }

    /// One field of an object.
    String get(String object, String path) {
        return run("get", object, "-o", "jsonpath=" + path);
    }

    void patch(String object, String patch) {
        run("patch", object, "--type=merge", "-p", patch);
    }

    void awaitReady(String... pods) {
        List<String> words = new ArrayList<>(List.of("wait", "--for=condition=Ready", "--timeout=90s"));
        Stream.of(pods).map(pod -> "pod/" + pod).forEach(words::add);
        run(words.toArray(String[]::new));
    }

    /// Lets a pod ask servers until all answer as wanted (see `probe.pl`).
    void probe(String pod, String... probes) {
        List<String> words = new ArrayList<>(List.of("exec", "-n", namespace, pod, "--", "perl", "/s/probe.pl"));
        words.addAll(List.of(probes));
        Host.Result result = kubectl.run(words.toArray(String[]::new));
        assertEquals("", result.all().strip());
        assertEquals(0, result.code());
    }
}
