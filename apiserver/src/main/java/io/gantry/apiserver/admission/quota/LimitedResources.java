package io.gantry.apiserver.admission.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ScopedResourceSelectorRequirement;
import io.gantry.api.quota.QuotaEvaluator;
import io.gantry.api.resource.Quantity;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What may be used only where a quota counts it: the plugin's configuration, `ResourceQuotaConfiguration` (upstream
/// `resourcequota/controller.go`, `CheckRequest`). Immutable.
record LimitedResources(List<Rule> rules) {
    private static final Set<String> VERSIONS = Set.of(
            "apiserver.config.k8s.io/v1",
            "resourcequota.admission.k8s.io/v1beta1",
            "resourcequota.admission.k8s.io/v1alpha1");

    /// @param contains parts of the names of what is limited
    /// @param scopes of which each limits objects of all resources that have scopes
    record Rule(String group, String resource, List<String> contains, List<ScopedResourceSelectorRequirement> scopes) {}

    LimitedResources {
        rules = List.copyOf(rules);
    }

    /// @throws IllegalArgumentException for what is no such configuration
    static LimitedResources of(PluginConfigs configs) {
        return configs.of("ResourceQuota").map(LimitedResources::parse).orElse(new LimitedResources(List.of()));
    }

    private static LimitedResources parse(JsonNode tree) {
        String apiVersion = Trees.text(tree, "apiVersion");
        String kind = apiVersion.startsWith("apiserver.config") ? "ResourceQuotaConfiguration" : "Configuration";
        if (!VERSIONS.contains(apiVersion) || !Trees.text(tree, "kind").equals(kind)) {
            throw new IllegalArgumentException("the configuration of ResourceQuota is no"
                    + " apiserver.config.k8s.io/v1 ResourceQuotaConfiguration");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode each : Trees.list(tree, "limitedResources")) {
            if (Trees.text(each, "resource").isEmpty()) {
                throw new IllegalArgumentException("limitedResources[" + rules.size() + "].resource: Required value");
            }
            List<ScopedResourceSelectorRequirement> scopes = Trees.list(each, "matchScopes").stream()
                    .map(scope -> new ScopedResourceSelectorRequirement(
                            Trees.text(scope, "scopeName"),
                            Trees.text(scope, "operator"),
                            Trees.texts(scope, "values")))
                    .toList();
            rules.add(new Rule(
                    Trees.text(each, "apiGroup"),
                    Trees.text(each, "resource"),
                    Trees.texts(each, "matchContains"),
                    scopes));
        }
        return new LimitedResources(rules);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /// Refuses what no quota counts though it is limited.
    ///
    /// @param quotas all of the namespace
    /// @throws StatusException 403 for resources, 500 for scopes, as upstream's
    void check(AdmissionAttributes attributes, QuotaCharge charge, List<ResourceQuota> quotas) {
        if (!charge.changes(quotas)) {
            return;
        }
        Set<String> uncovered = limited(attributes, charge.usage());
        quotas.stream()
                .filter(charge::concerns)
                .forEach(quota -> charge.evaluator()
                        .matching(quota.status().hard().keySet())
                        .forEach(uncovered::remove));
        if (!uncovered.isEmpty()) {
            throw StatusException.forbidden(
                    attributes.group(),
                    attributes.resource(),
                    attributes.name(),
                    "insufficient quota to consume: " + String.join(",", uncovered));
        }
        List<String> scopes = uncovered(charge.evaluator(), charge.object(), quotas);
        if (!scopes.isEmpty()) {
            throw StatusException.of(
                    500, "", "insufficient quota to match these scopes: [" + String.join(" ", scopes) + "]", null);
        }
    }

    private Set<String> limited(AdmissionAttributes attributes, Map<String, Quantity> usage) {
        Set<String> names = new TreeSet<>();
        for (Rule rule : rules) {
            if (rule.group().equals(attributes.group()) && rule.resource().equals(attributes.resource())) {
                usage.forEach((name, amount) -> {
                    if (amount.amount().signum() > 0 && rule.contains().stream().anyMatch(name::contains)) {
                        names.add(name);
                    }
                });
            }
        }
        return names;
    }

    /// The scopes, as Go prints them, that limit the object and that no quota has whose scope it is in.
    private List<String> uncovered(QuotaEvaluator evaluator, KubernetesObject object, List<ResourceQuota> quotas) {
        List<String> covered = quotas.stream()
                .flatMap(quota -> QuotaEvaluator.scopes(quota.spec()).stream())
                .filter(scope -> evaluator.inScope(scope, object))
                .map(ScopedResourceSelectorRequirement::scopeName)
                .toList();
        Stream<ScopedResourceSelectorRequirement> limiting = rules.stream()
                .flatMap(rule -> rule.scopes().stream())
                .filter(scope -> evaluator.inScope(scope, object));
        return limiting.filter(scope -> !covered.contains(scope.scopeName()))
                .map(scope -> "{" + scope.scopeName() + " " + scope.operator() + " [" + String.join(" ", scope.values())
                        + "]}")
                .toList();
    }
}
