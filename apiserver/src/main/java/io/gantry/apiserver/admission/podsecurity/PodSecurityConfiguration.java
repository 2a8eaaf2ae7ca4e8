package io.gantry.apiserver.admission.podsecurity;

import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.objects.Trees;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// `PodSecurityConfiguration` of `pod-security.admission.config.k8s.io`: what holds where a namespace says nothing, and
/// whose pods are not looked at.
record PodSecurityConfiguration(Policy defaults, Exemptions exemptions) {
    private static final PodSecurityConfiguration NONE = new PodSecurityConfiguration(
            new Policy(Policy.Rule.NONE, Policy.Rule.NONE, Policy.Rule.NONE),
            new Exemptions(Set.of(), Set.of(), Set.of()));
    private static final Set<String> VERSIONS = Set.of(
            "pod-security.admission.config.k8s.io/v1",
            "pod-security.admission.config.k8s.io/v1beta1",
            "pod-security.admission.config.k8s.io/v1alpha1");

    /// @throws IllegalArgumentException for what is no such configuration
    static PodSecurityConfiguration of(PluginConfigs configs) {
        Optional<JsonNode> tree = configs.of("PodSecurity", "PodSecurityConfiguration", VERSIONS);
        return tree.map(PodSecurityConfiguration::parse).orElse(NONE);
    }

    private static PodSecurityConfiguration parse(JsonNode tree) {
        JsonNode defaults = tree.path("defaults");
        JsonNode exemptions = tree.path("exemptions");
        return new PodSecurityConfiguration(
                new Policy(rule(defaults, "enforce"), rule(defaults, "audit"), rule(defaults, "warn")),
                new Exemptions(
                        texts(exemptions, "usernames"),
                        texts(exemptions, "namespaces"),
                        texts(exemptions, "runtimeClasses")));
    }

    private static Policy.Rule rule(JsonNode defaults, String mode) {
        String level = Trees.text(defaults, mode);
        String version = Trees.text(defaults, mode + "-version");
        if (!level.isEmpty() && !Level.isKnown(level)) {
            throw invalid("defaults." + mode, level, "must be one of privileged, baseline, restricted");
        }
        if (!version.isEmpty() && !PolicyVersion.isKnown(version)) {
            throw invalid("defaults." + mode + "-version", version, "must be \"latest\" or \"v1.x\"");
        }
        return new Policy.Rule(
                level.isEmpty() ? Level.PRIVILEGED : Level.parse(level),
                version.isEmpty() ? PolicyVersion.LATEST : PolicyVersion.parse(version));
    }

    private static Set<String> texts(JsonNode exemptions, String field) {
        Set<String> texts = new HashSet<>();
        int index = 0;
        for (String text : Trees.texts(exemptions, field)) {
            String path = "exemptions." + field + "[" + index++ + "]";
            if (text.isEmpty()) {
                throw invalid(path, text, "must not be empty");
            }
            if (!texts.add(text)) {
                throw new IllegalArgumentException(path + ": Duplicate value: \"" + text + "\"");
            }
        }
        return texts;
    }

    private static IllegalArgumentException invalid(String path, String value, String why) {
        return new IllegalArgumentException(path + ": Invalid value: \"" + value + "\": " + why);
    }
}
