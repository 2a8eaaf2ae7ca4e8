package io.gantry.e2e.kubectl;

import io.gantry.e2e.machine.Host;
import io.gantry.e2e.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real kubectl binary on a machine.
///
/// @param program its path
/// @param version e.g. `1.33`
public record Kubectl(Path program, String version, Machine machine, Path kubeconfig) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /// The property `gantry.kubectl.folder` names a further folder, for a kubectl that no package has yet.
    private static final List<Path> FOLDERS = Stream.of(
                    System.getProperty("gantry.kubectl.folder", "/usr/local/bin"),
                    "/usr/lib/google-cloud-sdk/bin",
                    "/usr/local/bin",
                    "/usr/bin")
            .distinct()
            .map(Path::of)
            .toList();

    /// Every kubectl that stands on this host, oldest first: `kubectl.1.27`…, else the one on the path.
    public static List<Path> installed() {
        List<Path> versioned = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                files.filter(file -> file.getFileName().toString().matches("kubectl\\.1\\.\\d+"))
                        .forEach(versioned::add);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        if (!versioned.isEmpty()) {
            versioned.sort(Comparator.comparingInt(Kubectl::minor));
            return versioned;
        }
        Optional<Path> plain = FOLDERS.stream()
                .map(folder -> folder.resolve("kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
        return List.of(plain.orElseThrow(() -> new AssertionError(
                "there is no kubectl on this host: apt-get install kubernetes-client (./gantry test does it)")));
    }

    private static int minor(Path program) {
        String name = program.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
    }

    /// Every installed version against one cluster.
    public static List<Kubectl> all(Machine machine, Path kubeconfig) {
        return installed().stream()
                .map(program -> new Kubectl(program, versionOf(program), machine, kubeconfig))
                .toList();
    }

    private static String versionOf(Path program) {
        String name = program.getFileName().toString();
        return name.startsWith("kubectl.") ? name.substring("kubectl.".length()) : "installed";
    }

    /// Runs a command.
    public Host.Result run(String... arguments) {
        return runWith("", arguments);
    }

    /// Runs a command with standard input.
    public Host.Result runWith(String input, String... arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(Arrays.asList(arguments));
        return machine.run(LIMIT, environment(), input, words.toArray(String[]::new));
    }

    /// Runs what must succeed; standard output without surrounding white space.
    public String must(String... arguments) {
        return run(arguments).ok(List.of(arguments)).out().strip();
    }

    /// The same with standard input.
    public String mustWith(String input, String... arguments) {
        return runWith(input, arguments).ok(List.of(arguments)).out().strip();
    }

    /// Starts a command and leaves it running; the caller ends it.
    public Process start(Path output, String... arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(Arrays.asList(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(machine.words(words.toArray(String[]::new)))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment());
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Each test has a namespace of its own.
    public Kubectl inNewNamespace(String name) {
        run("delete", "namespace", name, "--ignore-not-found", "--wait=true");
        must("create", "namespace", name);
        return this;
    }

    private Map<String, String> environment() {
        return Map.of(
                "KUBECONFIG",
                kubeconfig.toString(),
                "HOME",
                "/nonexistent",
                "KUBE_EDITOR",
                "sed -i s/before-edit/after-edit/");
    }

    @Override
    public String toString() {
        return "kubectl " + version;
    }
}
