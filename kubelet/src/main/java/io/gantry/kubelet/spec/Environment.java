package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.pod.ConfigMapEnvSource;
import io.gantry.api.core.v1.pod.ConfigMapKeySelector;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.EnvFromSource;
import io.gantry.api.core.v1.pod.EnvVar;
import io.gantry.api.core.v1.pod.EnvVarSource;
import io.gantry.api.core.v1.pod.FileKeySelector;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.SecretEnvSource;
import io.gantry.api.core.v1.pod.SecretKeySelector;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.service.Service;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.SecretData;
import io.gantry.kubelet.runtime.ContainerSpec.EnvEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A container's environment (upstream `kubelet_pods.go`, makeEnvironmentVariables): `envFrom`, then `env` with
/// references expanded in order, then the services' variables that nothing overrides.
public final class Environment {
    private final Cluster cluster;

    public Environment(Cluster cluster) {
        this.cluster = cluster;
    }

    /// @throws SpecFailure where a source that is not optional is missing
    ///
    /// @param volumes where the pod's volumes are
    public List<EnvEntry> of(Pod pod, Container container, PodFacts facts, Map<String, Path> volumes)
            throws SpecFailure {
        if (!cluster.servicesSynced()) {
            throw new SpecFailure("services have not yet been read at least once, cannot construct envvars");
        }
        String namespace = Objects.requireNonNullElse(pod.metadata().namespace(), "");
        Map<String, String> services = ServiceEnvironment.of(services(pod, namespace));
        Map<String, String> result = new LinkedHashMap<>();
        for (EnvFromSource source : container.envFrom()) {
            fromSource(source, namespace, result);
        }
        for (EnvVar variable : container.env()) {
            Map<String, String> known = new LinkedHashMap<>(services);
            known.putAll(result);
            FileKeySelector file =
                    variable.valueFrom() == null ? null : variable.valueFrom().fileKeyRef();
            Optional<String> value =
                    file == null ? value(variable, pod, container, facts, known) : EnvironmentFile.value(file, volumes);
            value.ifPresent(v -> result.put(variable.name(), v));
        }
        services.forEach(result::putIfAbsent);
        return result.entrySet().stream()
                .map(e -> new EnvEntry(e.getKey(), e.getValue()))
                .toList();
    }

    private List<Service> services(Pod pod, String namespace) {
        List<Service> services = new ArrayList<>();
        boolean links = !Boolean.FALSE.equals(pod.spec().enableServiceLinks());
        if (!namespace.equals("default") || !links) {
            cluster.services("default").stream()
                    .filter(s -> "kubernetes".equals(s.metadata().name()))
                    .forEach(services::add);
        }
        if (links) {
            cluster.services(namespace).stream()
                    .filter(s -> namespace.equals("default")
                            || !"kubernetes".equals(s.metadata().name()))
                    .forEach(services::add);
        }
        return services;
    }

    private void fromSource(EnvFromSource source, String namespace, Map<String, String> result) throws SpecFailure {
        String prefix = Objects.requireNonNullElse(source.prefix(), "");
        ConfigMapEnvSource configMap = source.configMapRef();
        SecretEnvSource secret = source.secretRef();
        if (configMap != null) {
            configMapData(namespace, configMap.name(), configMap.optional())
                    .forEach((key, value) -> result.put(prefix + key, value));
        } else if (secret != null) {
            secretData(namespace, secret.name(), secret.optional())
                    .forEach((key, value) -> result.put(prefix + key, value));
        }
    }

    private Optional<String> value(
            EnvVar variable, Pod pod, Container container, PodFacts facts, Map<String, String> known)
            throws SpecFailure {
        EnvVarSource from = variable.valueFrom();
        if (from == null) {
            return Optional.of(Expansion.expand(Objects.requireNonNullElse(variable.value(), ""), known));
        }
        String namespace = Objects.requireNonNullElse(pod.metadata().namespace(), "");
        try {
            if (from.fieldRef() != null) {
                return Optional.of(FieldRefs.value(pod, from.fieldRef().fieldPath(), facts));
            }
            if (from.resourceFieldRef() != null) {
                return Optional.of(ResourceRefs.value(pod, container.name(), from.resourceFieldRef(), facts));
            }
        } catch (IllegalArgumentException failure) {
            throw new SpecFailure(failure);
        }
        if (from.configMapKeyRef() != null) {
            return configMapKey(namespace, from.configMapKeyRef());
        }
        return from.secretKeyRef() == null ? Optional.of("") : secretKey(namespace, from.secretKeyRef());
    }

    private Optional<String> configMapKey(String namespace, ConfigMapKeySelector ref) throws SpecFailure {
        boolean optional = Boolean.TRUE.equals(ref.optional());
        String value = configMapData(namespace, ref.name(), ref.optional()).get(ref.key());
        if (value == null && !optional) {
            throw new SpecFailure("couldn't find key " + ref.key() + " in ConfigMap " + namespace + "/" + ref.name());
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> secretKey(String namespace, SecretKeySelector ref) throws SpecFailure {
        boolean optional = Boolean.TRUE.equals(ref.optional());
        String value = secretData(namespace, ref.name(), ref.optional()).get(ref.key());
        if (value == null && !optional) {
            throw new SpecFailure("couldn't find key " + ref.key() + " in Secret " + namespace + "/" + ref.name());
        }
        return Optional.ofNullable(value);
    }

    private Map<String, String> configMapData(String namespace, @Nullable String name, @Nullable Boolean optional)
            throws SpecFailure {
        Optional<ConfigMap> found = cluster.configMap(namespace, Objects.requireNonNullElse(name, ""));
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new SpecFailure("configmap \"" + name + "\" not found");
        }
        return found.<Map<String, String>>map(c -> new TreeMap<>(c.data())).orElse(Map.of());
    }

    private Map<String, String> secretData(String namespace, @Nullable String name, @Nullable Boolean optional)
            throws SpecFailure {
        Optional<Secret> found = cluster.secret(namespace, Objects.requireNonNullElse(name, ""));
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new SpecFailure("secret \"" + name + "\" not found");
        }
        Map<String, String> data = new TreeMap<>();
        found.ifPresent(secret -> SecretData.of(secret)
                .forEach((key, value) -> data.put(key, new String(value, StandardCharsets.UTF_8))));
        return data;
    }
}
