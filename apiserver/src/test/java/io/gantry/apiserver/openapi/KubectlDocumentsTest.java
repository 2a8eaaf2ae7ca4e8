package io.gantry.apiserver.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real kubectl binaries, whichever of 1.27 to 1.33 are on the path, read the documents.
class KubectlDocumentsTest {
    private static final String DEPLOYMENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: web, image: nginx, ports: [{containerPort: 80}], resources: {limits: {cpu: 1, memory: 64Mi}},
                 livenessProbe: {httpGet: {path: /, port: http}}}
        """;

    @TempDir
    static Path folder;

    private static DocumentServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new DocumentServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Path> kubectls() {
        List<Path> found = new ArrayList<>();
        for (int minor = 27; minor <= 33; minor++) {
            String name = "kubectl.1." + minor;
            Stream.concat(
                            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                            Stream.of("/usr/lib/google-cloud-sdk/bin"))
                    .map(directory -> Path.of(directory, name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found.isEmpty() ? Stream.of(Path.of("none")) : found.stream();
    }

    @ParameterizedTest
    @MethodSource("kubectls")
    void discovers(Path kubectl) throws Exception {
        Result result = run(kubectl, "api-resources", "--verbs=list");
        assertTrue(result.output().contains("deployments"), result.output());
        assertTrue(result.output().contains("poddisruptionbudgets"), result.output());
        assertEquals(0, result.exit());
    }

    @ParameterizedTest
    @MethodSource("kubectls")
    void explains(Path kubectl) throws Exception {
        Result all = run(kubectl, "explain", "pod.spec.containers", "--recursive");
        assertTrue(all.output().contains("readinessProbe"), all.output());
        assertTrue(all.output().contains("periodSeconds"), all.output());
        Result one = run(kubectl, "explain", "deployment.spec.replicas");
        assertTrue(one.output().contains("Number of desired pods"), one.output());
    }

    @ParameterizedTest
    @MethodSource("kubectls")
    void validatesAndCreates(Path kubectl) throws Exception {
        Path file = Files.writeString(folder.resolve("deployment.yaml"), DEPLOYMENT);
        Result result = run(kubectl, "apply", "--validate=true", "-n", "default", "-f", file.toString());
        assertTrue(result.output().contains("deployment.apps/web created"), result.output());
        assertTrue(
                server.requests.stream().anyMatch(request -> request.contains("fieldValidation=Strict")),
                () -> "the server validates: " + server.requests);
    }

    private record Result(int exit, String output) {}

    private static Result run(Path kubectl, String... arguments) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(kubectl), "no kubectl here");
        List<String> command = new ArrayList<>(List.of(
                kubectl.toString(),
                "--server=" + server.url(),
                "--kubeconfig=/dev/null",
                "--cache-dir=" + folder.resolve(kubectl.getFileName())));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(process.exitValue(), output);
    }
}
