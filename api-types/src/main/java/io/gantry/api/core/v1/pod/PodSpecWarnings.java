package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.kind.Names;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is allowed in a pod spec and yet likely a mistake (upstream `pkg/api/pod/warnings.go`).
public final class PodSpecWarnings {
    private static final List<String> BYTES = List.of("memory", "ephemeral-storage");

    private PodSpecWarnings() {}

    /// Warnings of a controller's name, which becomes part of names of pods.
    public static List<String> ofWorkload(ObjectMeta metadata) {
        return metadata.name() == null ? List.of() : hostname(metadata.name(), "Pod names and hostnames");
    }

    /// Warnings of a template of pods.
    ///
    /// @param path of the template, e.g. `spec.template`
    public static List<String> ofTemplate(@Nullable PodTemplateSpec template, String path) {
        return template == null ? List.of() : of(template.spec(), template.metadata(), path + ".");
    }

    /// Warnings of a pod that is new.
    static List<String> ofNewPod(Pod pod) {
        return of(pod.spec(), pod.metadata(), "");
    }

    /// Warnings of a claim for storage.
    ///
    /// @param path of the spec
    public static List<String> ofClaim(PersistentVolumeClaimSpec spec, String path) {
        List<String> warnings = new ArrayList<>();
        if (spec.resources() != null) {
            bytes(spec.resources().requests(), List.of("storage"), path + ".resources.requests", warnings);
            bytes(spec.resources().limits(), List.of("storage"), path + ".resources.limits", warnings);
        }
        return warnings;
    }

    /// @param prefix of both parts' paths: empty, or the template's path and a dot
    private static List<String> of(PodSpec spec, ObjectMeta metadata, String prefix) {
        List<String> warnings = new ArrayList<>();
        String path = prefix + "spec";
        PlacementWarnings.add(spec, path, warnings);
        AnnotationWarnings annotations =
                new AnnotationWarnings(metadata.annotations(), prefix + "metadata.annotations", warnings);
        annotations.pod(spec);
        VolumeWarnings.add(spec.volumes(), path + ".volumes", warnings);
        hostAliases(spec.hostAliases(), path + ".hostAliases", warnings);
        pullSecrets(spec.imagePullSecrets(), path + ".imagePullSecrets", warnings);
        bytes(spec.overhead(), BYTES, path + ".overhead", warnings);
        PortWarnings ports = new PortWarnings(warnings);
        for (PlacedContainer placed : PlacedContainer.started(spec, path)) {
            Container container = placed.container();
            annotations.container(container.name(), container.securityContext(), spec, !prefix.isEmpty());
            container(container, placed.path(), warnings);
            ports.add(container.ports(), placed.path() + ".ports");
        }
        Long grace = spec.terminationGracePeriodSeconds();
        if (grace != null && grace < 0) {
            warnings.add(path + ".terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be"
                    + " treated as 1");
        }
        return warnings;
    }

    private static void hostAliases(List<HostAlias> aliases, String path, List<String> warnings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < aliases.size(); i++) {
            if (!seen.add(text(aliases.get(i).ip()))) {
                warnings.add(path + "[" + i + "].ip: duplicate ip \""
                        + text(aliases.get(i).ip()) + "\"");
            }
        }
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

    private static void container(Container container, String at, List<String> warnings) {
        bytes(PodResources.limitsOf(container.resources()), BYTES, at + ".resources.limits", warnings);
        bytes(PodResources.requestsOf(container.resources()), BYTES, at + ".resources.requests", warnings);
        environment(container.env(), at + ".env", warnings);
    }

    private static void bytes(Map<String, Quantity> amounts, List<String> names, String path, List<String> warnings) {
        for (String name : names) {
            Quantity amount = amounts.get(name);
            if (amount != null && amount.amount().stripTrailingZeros().scale() > 0) {
                warnings.add(path + "[" + name + "]: fractional byte value \"" + amount
                        + "\" is invalid, must be an integer");
            }
        }
    }

    /// A variable may be told twice where the later value is made from the former.
    private static void environment(List<EnvVar> variables, String path, List<String> warnings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < variables.size(); i++) {
            EnvVar variable = variables.get(i);
            String reference = "$(" + text(variable.name()) + ")";
            boolean extended = variable.valueFrom() == null
                    && !text(variable.value()).equals(reference)
                    && text(variable.value()).contains(reference);
            if (!seen.add(text(variable.name())) && !extended) {
                warnings.add(path + "[" + i + "]: hides previous definition of \"" + text(variable.name())
                        + "\", which may be dropped when using apply");
            }
        }
    }
}
