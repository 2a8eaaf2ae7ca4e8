package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.kind.Names;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is allowed in a pod spec and yet likely a mistake (upstream `pkg/api/pod/warnings.go`).
public final class PodSpecWarnings {
    private static final Map<String, String> DEPRECATED_LABELS = Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");

    private PodSpecWarnings() {}

    /// Warnings of a controller's object: its name becomes part of names of pods, its template a pod.
    public static List<String> ofWorkload(ObjectMeta metadata, @Nullable PodTemplateSpec template) {
        List<String> warnings = new ArrayList<>();
        if (metadata.name() != null) {
            warnings.addAll(hostname(metadata.name(), "Pod names and hostnames"));
        }
        if (template != null) {
            warnings.addAll(of(template.spec(), "spec.template.spec"));
        }
        return warnings;
    }

    /// Warnings of a pod spec.
    ///
    /// @param path of the spec, e.g. `spec.template.spec`
    public static List<String> of(PodSpec spec, String path) {
        List<String> warnings = new ArrayList<>();
        spec.nodeSelector().keySet().forEach(key -> {
            String why = DEPRECATED_LABELS.get(key);
            if (why != null) {
                warnings.add(path + ".nodeSelector[" + key + "]: " + why);
            }
        });
        for (int i = 0; i < spec.volumes().size(); i++) {
            if (spec.volumes().get(i).gitRepo() != null) {
                warnings.add(path + ".volumes[" + i + "].gitRepo: deprecated in v1.11");
            }
        }
        pullSecrets(spec.imagePullSecrets(), path + ".imagePullSecrets", warnings);
        containers(spec.initContainers(), path + ".initContainers", warnings);
        containers(spec.containers(), path + ".containers", warnings);
        return warnings;
    }

    /// A warning for a name that becomes a host's name and is none.
    ///
    /// @param use where the name is used, e.g. `the Pod's hostname`
    public static List<String> hostname(String name, String use) {
        List<String> faults = Names.label(name);
        return faults.isEmpty()
                ? List.of()
                : List.of("metadata.name: this is used in " + use + ", which can result in surprising behavior; a DNS"
                        + " label is recommended: [" + String.join(" ", faults) + "]");
    }

    private static void pullSecrets(List<LocalObjectReference> secrets, String path, List<String> warnings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < secrets.size(); i++) {
            String name = text(secrets.get(i).name());
            if (name.isEmpty()) {
                warnings.add(path + "[" + i + "].name: invalid empty name \"\"");
            } else if (!seen.add(name)) {
                warnings.add(path + "[" + i + "].name: duplicate name \"" + name + "\"");
            }
        }
    }

    private static void containers(List<Container> containers, String path, List<String> warnings) {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            String at = path + "[" + i + "]";
            bytes(PodResources.limitsOf(container.resources()), at + ".resources.limits", warnings);
            bytes(PodResources.requestsOf(container.resources()), at + ".resources.requests", warnings);
            environment(container.env(), at + ".env", warnings);
            ports(container.ports(), at + ".ports", warnings);
        }
    }

    private static void bytes(Map<String, Quantity> amounts, String path, List<String> warnings) {
        for (String name : List.of("memory", "ephemeral-storage")) {
            Quantity amount = amounts.get(name);
            if (amount != null && amount.amount().stripTrailingZeros().scale() > 0) {
                warnings.add(path + "[" + name + "]: fractional byte value \"" + amount
                        + "\" is invalid, must be an integer");
            }
        }
    }

    private static void environment(List<EnvVar> variables, String path, List<String> warnings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            if (!seen.add(text(variables.get(i).name()))) {
                warnings.add(path + "[" + i + "]: hides previous definition of \""
                        + variables.get(i).name() + "\", which may be dropped when using apply");
            }
        }
    }

    private static void ports(List<ContainerPort> ports, String path, List<String> warnings) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = ports.get(i);
            String key =
                    port.protocol() + "/" + port.containerPort() + "/" + port.hostPort() + "/" + text(port.hostIP());
            Integer first = seen.putIfAbsent(key, i);
            if (first != null) {
                warnings.add(path + "[" + i + "]: duplicate port definition with " + path + "[" + first + "]");
            }
        }
    }
}
