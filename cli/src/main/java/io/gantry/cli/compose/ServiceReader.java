package io.gantry.cli.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one service of a Compose file.
final class ServiceReader {
    private static final Set<String> KNOWN = Set.of(
            "image",
            "build",
            "entrypoint",
            "command",
            "environment",
            "env_file",
            "ports",
            "expose",
            "volumes",
            "tmpfs",
            "secrets",
            "configs",
            "healthcheck",
            "deploy",
            "scale",
            "mem_limit",
            "mem_reservation",
            "cpus",
            "stop_grace_period",
            "working_dir",
            "hostname",
            "user",
            "tty",
            "stdin_open",
            "privileged",
            "read_only",
            "cap_add",
            "cap_drop",
            "labels",
            "extra_hosts",
            "pull_policy",
            "depends_on",
            "restart",
            "profiles",
            "container_name",
            "networks",
            "init",
            "logging",
            "links",
            "annotations",
            "platform",
            "shm_size");
    /// Known, with no effect in a cluster.
    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "container_name", "pods have names of their own",
            "logging", "logs are the node's: `kubectl logs`",
            "links", "every service is found by its name",
            "platform", "the node's own platform is used",
            "shm_size", "the runtime's size is used");
    private static final Pattern DURATION = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Pattern BYTES = Pattern.compile("(\\d+)\\s*([bkmgBKMG]?)[bB]?");

    private final Path folder;
    private final Interpolation variables;
    private final List<String> warnings;

    ServiceReader(Path folder, Interpolation variables, List<String> warnings) {
        this.folder = folder;
        this.variables = variables;
        this.warnings = warnings;
    }

    ComposeService read(String name, ComposeNode node) throws IOException {
        node.refuseOthers(KNOWN);
        warn(node);
        Optional<String> build = build(node.get("build"));
        Optional<String> image = node.get("image").optionalText();
        if (image.isEmpty() && build.isEmpty()) {
            throw node.wrong("neither `image` nor `build`: there is nothing to run");
        }
        Map<String, String> limits = new LinkedHashMap<>();
        Map<String, String> requests = new LinkedHashMap<>();
        resources(node, limits, requests);
        List<ComposePort> ports = new ArrayList<>();
        node.get("ports").elements().forEach(port -> ports.addAll(ComposePort.read(port)));
        List<ComposePort> expose = new ArrayList<>();
        node.get("expose").elements().forEach(port -> expose.addAll(ComposePort.read(port)));
        return new ComposeService(
                name,
                image,
                build,
                words(node.get("entrypoint")),
                words(node.get("command")),
                environment(node),
                List.copyOf(ports),
                List.copyOf(expose),
                mounts(node),
                names(node.get("secrets")),
                configs(node.get("configs")),
                health(node.get("healthcheck")),
                replicas(node),
                limits,
                requests,
                node.get("stop_grace_period").isPresent()
                        ? Optional.of(seconds(node.get("stop_grace_period")))
                        : Optional.empty(),
                options(node));
    }

    private void warn(ComposeNode node) {
        WITHOUT_EFFECT.forEach((name, why) -> {
            if (node.get(name).isPresent()) {
                warnings.add(node.get(name).path() + " has no effect: " + why);
            }
        });
        String restart = node.get("restart").optionalText().orElse("always");
        if (!Set.of("always", "unless-stopped").contains(restart)) {
            warnings.add(node.path() + ".restart: a service is kept running; `" + restart + "` is taken as `always`");
        }
    }

    private static Optional<String> build(ComposeNode node) {
        return node.isMap() ? node.get("context").optionalText().or(() -> Optional.of(".")) : node.optionalText();
    }

    private static List<String> words(ComposeNode node) {
        return !node.isPresent() || node.isList() ? node.texts() : ShellWords.split(node);
    }

    private Map<String, String> environment(ComposeNode node) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (ComposeNode file : node.get("env_file").elements()) {
            Path path = folder.resolve(file.isMap() ? file.get("path").text() : file.text());
            if (!Files.exists(path)) {
                throw file.wrong("there is no file " + path);
            }
            environment.putAll(EnvFile.read(path));
        }
        node.get("environment").pairs().forEach((name, value) -> {
            Optional<String> given =
                    value.or(() -> Optional.ofNullable(variables.variables().get(name)));
            given.ifPresent(text -> environment.put(name, text));
        });
        return environment;
    }

    private static List<ComposeMount> mounts(ComposeNode node) {
        List<ComposeMount> mounts = new ArrayList<>();
        node.get("volumes").elements().forEach(volume -> mounts.add(ComposeMount.read(volume)));
        node.get("tmpfs")
                .texts()
                .forEach(target -> mounts.add(new ComposeMount.Scratch(target.split(":")[0], true, false)));
        return mounts;
    }

    private static List<String> names(ComposeNode node) {
        return node.elements().stream()
                .map(element -> element.isMap() ? element.get("source").text() : element.text())
                .toList();
    }

    private static Map<String, String> configs(ComposeNode node) {
        Map<String, String> configs = new LinkedHashMap<>();
        for (ComposeNode element : node.elements()) {
            String source = element.isMap() ? element.get("source").text() : element.text();
            Optional<String> target = element.isMap() ? element.get("target").optionalText() : Optional.empty();
            configs.put(source, target.orElse("/" + source));
        }
        return configs;
    }

    private static Optional<ComposeService.HealthTest> health(ComposeNode node) {
        if (!node.isPresent() || node.get("disable").bool()) {
            return Optional.empty();
        }
        node.refuseOthers(
                Set.of("test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"));
        List<String> test = node.get("test").isList()
                ? node.get("test").texts()
                : List.of("CMD-SHELL", node.get("test").text());
        if (test.isEmpty() || test.getFirst().equals("NONE")) {
            return Optional.empty();
        }
        List<String> command = switch (test.getFirst()) {
            case "CMD" -> test.subList(1, test.size());
            case "CMD-SHELL" -> List.of("/bin/sh", "-c", String.join(" ", test.subList(1, test.size())));
            default -> throw node.get("test").wrong("the first word is CMD, CMD-SHELL or NONE");
        };
        return Optional.of(new ComposeService.HealthTest(
                command,
                seconds(node.get("interval"), 30),
                seconds(node.get("timeout"), 30),
                node.get("retries").isPresent() ? node.get("retries").number() : 3,
                seconds(node.get("start_period"), 0)));
    }

    private static int replicas(ComposeNode node) {
        ComposeNode deployed = node.get("deploy").get("replicas");
        if (deployed.isPresent()) {
            return deployed.number();
        }
        return node.get("scale").isPresent() ? node.get("scale").number() : 1;
    }

    private static void resources(ComposeNode node, Map<String, String> limits, Map<String, String> requests) {
        ComposeNode resources = node.get("deploy").get("resources");
        resource(node.get("cpus"), node.get("mem_limit"), limits);
        resource(node.get("none"), node.get("mem_reservation"), requests);
        resource(resources.get("limits").get("cpus"), resources.get("limits").get("memory"), limits);
        resource(
                resources.get("reservations").get("cpus"),
                resources.get("reservations").get("memory"),
                requests);
    }

    private static void resource(ComposeNode cpu, ComposeNode memory, Map<String, String> into) {
        cpu.optionalText().ifPresent(text -> into.put("cpu", text));
        if (memory.isPresent()) {
            Matcher match = BYTES.matcher(memory.text());
            if (!match.matches()) {
                throw memory.wrong("a size is a number with b, k, m or g, not " + memory.text());
            }
            String unit = switch (match.group(2).toLowerCase(Locale.ROOT)) {
                case "k" -> "Ki";
                case "m" -> "Mi";
                case "g" -> "Gi";
                default -> "";
            };
            into.put("memory", match.group(1) + unit);
        }
    }

    private static ComposeService.ContainerOptions options(ComposeNode node) {
        Map<String, String> labels = new LinkedHashMap<>();
        node.get("labels").pairs().forEach((name, value) -> labels.put(name, value.orElse("")));
        node.get("annotations").pairs().forEach((name, value) -> labels.put(name, value.orElse("")));
        Map<String, String> hosts = new LinkedHashMap<>();
        for (String host : node.get("extra_hosts").isMap()
                ? List.<String>of()
                : node.get("extra_hosts").texts()) {
            String[] parts = host.split("[:=]", 2);
            if (parts.length != 2) {
                throw node.get("extra_hosts").wrong("a host is name:address, not " + host);
            }
            hosts.put(parts[0], parts[1]);
        }
        return new ComposeService.ContainerOptions(
                node.get("working_dir").optionalText(),
                node.get("hostname").optionalText(),
                node.get("user").optionalText(),
                node.get("tty").bool(),
                node.get("stdin_open").bool(),
                node.get("privileged").bool(),
                node.get("read_only").bool(),
                node.get("cap_add").texts(),
                node.get("cap_drop").texts(),
                labels,
                hosts,
                node.get("pull_policy").optionalText());
    }

    private static int seconds(ComposeNode node, int otherwise) {
        return node.isPresent() ? seconds(node) : otherwise;
    }

    /// A duration as Compose writes it (`1m30s`), rounded up to seconds.
    private static int seconds(ComposeNode node) {
        Matcher match = DURATION.matcher(node.text());
        if (!match.matches() || node.text().isEmpty()) {
            throw node.wrong("a duration is like 1m30s, not " + node.text());
        }
        Duration duration = Duration.ofHours(part(match, 1))
                .plusMinutes(part(match, 2))
                .plusSeconds(part(match, 3))
                .plusMillis(part(match, 4) + 999);
        return (int) duration.toSeconds();
    }

    private static long part(Matcher match, int group) {
        return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
    }
}
