package io.gantry.apiserver;

import io.gantry.component.Flags;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which admission plugins run: `--enable-admission-plugins` and `--disable-admission-plugins`, by upstream's names.
/// What is there is on, so enabling changes nothing; what upstream has and this server has not is refused by name.
///
/// @param disabled names
public record AdmissionFlags(Set<String> disabled) {
    /// Everything runs.
    public static final AdmissionFlags NONE = new AdmissionFlags(Set.of());

    private static final Set<String> KNOWN = Set.of(
            "CertificateSubjectRestriction",
            "DefaultIngressClass",
            "DefaultStorageClass",
            "DefaultTolerationSeconds",
            "LimitRanger",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionWebhook",
            "NamespaceLifecycle",
            "NodeDeclaredFeatureValidator",
            "NodeRestriction",
            "PersistentVolumeClaimResize",
            "PodResizeValidator",
            "PodSecurity",
            "PodTopologyLabels",
            "Priority",
            "ResourceQuota",
            "RuntimeClass",
            "ServiceAccount",
            "StorageObjectInUseProtection",
            "TaintNodesByCondition",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionWebhook");

    public AdmissionFlags {
        disabled = Set.copyOf(disabled);
    }

    /// @throws IllegalArgumentException for a plugin that is not there
    static AdmissionFlags parse(Flags flags) {
        Set<String> enabled = names(flags, "enable-admission-plugins");
        Set<String> disabled = names(flags, "disable-admission-plugins");
        for (String name : enabled) {
            if (disabled.contains(name)) {
                throw new IllegalArgumentException(
                        "[" + name + "] in enable-admission-plugins and disable-admission-plugins overlapped");
            }
        }
        return new AdmissionFlags(disabled);
    }

    private static Set<String> names(Flags flags, String flag) {
        List<String> given = flags.all(flag).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .filter(name -> !name.isBlank())
                .toList();
        for (String name : given) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("--" + flag + ": admission plugin \"" + name
                        + "\" is unknown; there are: "
                        + new TreeSet<>(KNOWN).stream().collect(Collectors.joining(", ")));
            }
        }
        return Set.copyOf(given);
    }
}
