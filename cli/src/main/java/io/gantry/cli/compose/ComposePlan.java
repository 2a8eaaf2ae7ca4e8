package io.gantry.cli.compose;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Compose application as manifests; pure. A service becomes a Deployment and a headless Service of its
/// name, by which the others reach it at any port, as in Compose; published ports become a LoadBalancer
/// Service `NAME-published`, at the nodes' addresses. A named volume becomes a claim on the default storage
/// class; the Deployment of a service that has one is replaced at once instead of step by step, since two
/// pods must not write to it.
public final class ComposePlan {
    /// On every object: whose application it is.
    public static final String PROJECT = "compose.gantry.io/project";

    static final String SERVICE = "compose.gantry.io/service";
    static final String VOLUME_SIZE = "1Gi";
    private static final int MODE_READ_ONLY = 292;

    private final ComposeFile file;
    private final Path folder;
    private final String namespace;
    private final List<ObjectNode> objects = new ArrayList<>();

    private ComposePlan(ComposeFile file, Path folder, String namespace) {
        this.file = file;
        this.folder = folder;
        this.namespace = namespace;
    }

    /// The manifests, in the order in which they are to be applied.
    ///
    /// @param folder what relative paths of the host start from
    public static List<ObjectNode> manifests(ComposeFile file, Path folder, String namespace) {
        ComposePlan plan = new ComposePlan(file, folder, namespace);
        plan.contents();
        plan.claims();
        file.services().forEach(plan::service);
        return plan.objects;
    }

    private void contents() {
        file.secrets().forEach((name, text) -> {
            ObjectNode secret = object("v1", "Secret", secretName(name), "");
            secret.put("type", "Opaque").putObject("stringData").put(name, text);
        });
        file.configs()
                .forEach((name, text) -> object("v1", "ConfigMap", configName(name), "")
                        .putObject("data")
                        .put(name, text));
    }

    private void claims() {
        for (String volume : file.volumes()) {
            ObjectNode spec =
                    object("v1", "PersistentVolumeClaim", claim(volume), "").putObject("spec");
            spec.putArray("accessModes").add("ReadWriteOnce");
            spec.putObject("resources").putObject("requests").put("storage", VOLUME_SIZE);
        }
    }

    private void service(ComposeService service) {
        String name = ComposeReader.label(service.name());
        ObjectNode spec = object("apps/v1", "Deployment", name, name).putObject("spec");
        spec.put("replicas", service.replicas());
        spec.putObject("selector")
                .putObject("matchLabels")
                .put(PROJECT, file.project())
                .put(SERVICE, name);
        if (service.mounts().stream().anyMatch(ComposeMount.Named.class::isInstance)) {
            spec.putObject("strategy").put("type", "Recreate");
        }
        ObjectNode template = spec.putObject("template");
        ObjectNode metadata = template.putObject("metadata");
        metadata.putObject("labels").put(PROJECT, file.project()).put(SERVICE, name);
        if (!service.options().labels().isEmpty()) {
            ObjectNode annotations = metadata.putObject("annotations");
            service.options().labels().forEach(annotations::put);
        }
        pod(template.putObject("spec"), service, name);
        headless(service, name);
        published(service, name);
    }

    private void headless(ComposeService service, String name) {
        ObjectNode spec = object("v1", "Service", name, name).putObject("spec");
        spec.put("clusterIP", "None")
                .put("publishNotReadyAddresses", service.health().isEmpty());
        selector(spec, name);
        ArrayNode ports = spec.putArray("ports");
        Set<String> there = new HashSet<>();
        for (List<ComposePort> list : List.of(service.ports(), service.expose())) {
            for (ComposePort port : list) {
                if (there.add(port.target() + port.protocol())) {
                    ports.addObject()
                            .put("name", port.protocol().toLowerCase(Locale.ROOT) + "-" + port.target())
                            .put("port", port.target())
                            .put("protocol", port.protocol());
                }
            }
        }
        if (ports.isEmpty()) {
            spec.remove("ports");
        }
    }

    private void published(ComposeService service, String name) {
        if (service.ports().isEmpty()) {
            return;
        }
        ObjectNode spec = object("v1", "Service", name + "-published", name).putObject("spec");
        spec.put("type", "LoadBalancer");
        selector(spec, name);
        ArrayNode ports = spec.putArray("ports");
        service.ports()
                .forEach(port -> ports.addObject()
                        .put("name", port.name())
                        .put("port", port.published())
                        .put("targetPort", port.target())
                        .put("protocol", port.protocol()));
    }

    private void selector(ObjectNode spec, String name) {
        spec.putObject("selector").put(PROJECT, file.project()).put(SERVICE, name);
    }

    private void pod(ObjectNode pod, ComposeService service, String name) {
        service.stopSeconds().ifPresent(seconds -> pod.put("terminationGracePeriodSeconds", seconds));
        service.options().hostname().ifPresent(hostname -> pod.put("hostname", hostname));
        service.options().extraHosts().forEach((host, ip) -> {
            ObjectNode alias = pod.withArray("hostAliases").addObject().put("ip", ip);
            alias.putArray("hostnames").add(host);
        });
        ObjectNode container = pod.putArray("containers").addObject();
        container.put("name", name);
        container.put("image", service.image().orElse(file.project() + "-" + name + ":latest"));
        container.put("imagePullPolicy", pullPolicy(service));
        words(container, "command", service.entrypoint());
        words(container, "args", service.command());
        environment(container, service.environment());
        service.options().workingDir().ifPresent(folderInside -> container.put("workingDir", folderInside));
        if (service.options().tty()) {
            container.put("tty", true);
        }
        if (service.options().stdin()) {
            container.put("stdin", true);
        }
        containerPorts(container, service);
        resources(container, service);
        service.health().ifPresent(health -> readiness(container, health));
        Security.apply(container, service);
        mounts(pod, container, service);
    }

    /// What is built or tagged `latest` here is on the node already; asking a registry first would fail without one.
    private static String pullPolicy(ComposeService service) {
        return switch (service.options().pullPolicy().orElse("missing")) {
            case "always" -> "Always";
            case "never" -> "Never";
            default -> "IfNotPresent";
        };
    }

    private static void words(ObjectNode container, String field, List<String> words) {
        if (!words.isEmpty()) {
            ArrayNode array = container.putArray(field);
            words.forEach(array::add);
        }
    }

    private static void environment(ObjectNode container, Map<String, String> environment) {
        if (!environment.isEmpty()) {
            ArrayNode env = container.putArray("env");
            // `$(NAME)` would be expanded by the kubelet; Compose knows no such form.
            environment.forEach(
                    (name, value) -> env.addObject().put("name", name).put("value", value.replace("$(", "$$(")));
        }
    }

    private static void containerPorts(ObjectNode container, ComposeService service) {
        if (!service.ports().isEmpty()) {
            ArrayNode ports = container.putArray("ports");
            service.ports().stream()
                    .map(port -> Map.entry(port.target(), port.protocol()))
                    .distinct()
                    .forEach(port -> ports.addObject()
                            .put("containerPort", port.getKey())
                            .put("protocol", port.getValue()));
        }
    }

    private static void resources(ObjectNode container, ComposeService service) {
        if (!service.limits().isEmpty()) {
            service.limits().forEach(container.withObject("resources").withObject("limits")::put);
        }
        if (!service.requests().isEmpty()) {
            service.requests().forEach(container.withObject("resources").withObject("requests")::put);
        }
    }

    private static void readiness(ObjectNode container, ComposeService.HealthTest health) {
        ObjectNode probe = container.putObject("readinessProbe");
        words(probe.putObject("exec"), "command", health.command());
        probe.put("initialDelaySeconds", health.startSeconds())
                .put("periodSeconds", Math.max(1, health.intervalSeconds()))
                .put("timeoutSeconds", Math.max(1, health.timeoutSeconds()))
                .put("failureThreshold", Math.max(1, health.retries()));
    }

    private void mounts(ObjectNode pod, ObjectNode container, ComposeService service) {
        int number = 0;
        for (ComposeMount mount : service.mounts()) {
            String volume = "volume-" + number++;
            ObjectNode source = pod.withArray("volumes").addObject().put("name", volume);
            switch (mount) {
                case ComposeMount.Named named ->
                    source.putObject("persistentVolumeClaim").put("claimName", declared(service, named.volume()));
                case ComposeMount.Bind bind ->
                    source.putObject("hostPath")
                            .put(
                                    "path",
                                    folder.resolve(bind.source()).normalize().toString());
                case ComposeMount.Scratch scratch -> {
                    ObjectNode empty = source.putObject("emptyDir");
                    if (scratch.memory()) {
                        empty.put("medium", "Memory");
                    }
                }
            }
            mount(container, volume, mount.target(), mount.readOnly());
        }
        for (String secret : service.secrets()) {
            refuseUndeclared(service, "secrets", secret, file.secrets().keySet());
            pod.withArray("volumes")
                    .addObject()
                    .put("name", "secret-" + ComposeReader.label(secret))
                    .putObject("secret")
                    .put("secretName", secretName(secret))
                    .put("defaultMode", MODE_READ_ONLY);
            mount(container, "secret-" + ComposeReader.label(secret), "/run/secrets/" + secret, true)
                    .put("subPath", secret);
        }
        service.configs().forEach((config, target) -> {
            refuseUndeclared(service, "configs", config, file.configs().keySet());
            pod.withArray("volumes")
                    .addObject()
                    .put("name", "config-" + ComposeReader.label(config))
                    .putObject("configMap")
                    .put("name", configName(config));
            mount(container, "config-" + ComposeReader.label(config), target, true)
                    .put("subPath", config);
        });
    }

    private static ObjectNode mount(ObjectNode container, String volume, String target, boolean readOnly) {
        ObjectNode mount = container
                .withArray("volumeMounts")
                .addObject()
                .put("name", volume)
                .put("mountPath", target);
        return readOnly ? mount.put("readOnly", true) : mount;
    }

    private String declared(ComposeService service, String volume) {
        refuseUndeclared(service, "volumes", volume, Set.copyOf(file.volumes()));
        return claim(volume);
    }

    private static void refuseUndeclared(ComposeService service, String what, String name, Set<String> declared) {
        if (!declared.contains(name)) {
            throw new CliException("services." + service.name() + "." + what + ": " + name
                    + " is not declared at the file's top level");
        }
    }

    private String claim(String volume) {
        return ComposeReader.label(volume);
    }

    private String secretName(String name) {
        return ComposeReader.label(name);
    }

    private String configName(String name) {
        return ComposeReader.label(name);
    }

    private ObjectNode object(String apiVersion, String kind, String name, String service) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode labels = metadata.putObject("labels").put(PROJECT, file.project());
        if (!service.isEmpty()) {
            labels.put(SERVICE, service);
        }
        objects.add(object);
        return object;
    }
}
