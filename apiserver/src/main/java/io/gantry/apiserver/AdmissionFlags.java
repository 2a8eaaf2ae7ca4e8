package io.gantry.apiserver;

import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.admission.optional.OptionalPlugins;
import io.gantry.component.Flags;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which admission plugins run, `--enable-admission-plugins` and `--disable-admission-plugins` by upstream's
/// names, and how: `--admission-control-config-file`.
/// What upstream has on is on; what it has off runs when it is enabled; what this server has not is refused by name.
///
/// @param enabled names
/// @param disabled names
/// @param configs what the plugins themselves read
public record AdmissionFlags(Set<String> enabled, Set<String> disabled, PluginConfigs configs) {
    /// As it is by default.
    public static final AdmissionFlags NONE = new AdmissionFlags(Set.of(), Set.of());

    private static final Set<String> DEFAULTS = Set.of(
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

    private static final Set<String> KNOWN = Stream.of(DEFAULTS, OptionalPlugins.NAMES)
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));

    /// Without configurations.
    public AdmissionFlags(Set<String> enabled, Set<String> disabled) {
        this(enabled, disabled, PluginConfigs.NONE);
    }

    public AdmissionFlags {
        enabled = Set.copyOf(enabled);
        disabled = Set.copyOf(disabled);
    }

    /// @throws IllegalArgumentException for a plugin that is not there, and for a file that cannot be read
    static AdmissionFlags parse(Flags flags) {
        Set<String> enabled = names(flags, "enable-admission-plugins");
        Set<String> disabled = names(flags, "disable-admission-plugins");
        for (String name : enabled) {
            if (disabled.contains(name)) {
                throw new IllegalArgumentException(
                        "[" + name + "] in enable-admission-plugins and disable-admission-plugins overlapped");
            }
        }
        return new AdmissionFlags(
                enabled,
                disabled,
                flags.optionalPath("admission-control-config-file")
                        .map(PluginConfigs::load)
                        .orElse(PluginConfigs.NONE));
    }

    private static Set<String> names(Flags flags, String flag) {
        List<String> given = flags.items(flag);
        for (String name : given) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("--" + flag + ": admission plugin \"" + name
                        + "\" is unknown; there are: " + String.join(", ", KNOWN));
            }
        }
        return Set.copyOf(given);
    }
}
