package io.gantry.api.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.QosClass;
import io.gantry.api.core.v1.resourcequota.ScopedResourceSelectorRequirement;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Counts pods and what they ask for. A pod that is finished counts for `count/pods` only.
record PodQuota() implements QuotaEvaluator {
    private static final String COUNT = "count/pods";
    private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> NAMES = Set.of(
            COUNT,
            "pods",
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    /// What every container must ask for when a quota limits it. Upstream keeps this for compatibility alone.
    private static final Set<String> REQUIRED =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    @Override
    public Map<String, Quantity> usage(KubernetesObject object, Instant now) {
        Pod pod = (Pod) object;
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put(COUNT, Quantity.of(1));
        if (isOver(pod, now)) {
            return usage;
        }
        usage.putAll(compute(PodResources.requests(pod), PodResources.limits(pod.spec())));
        return usage;
    }

    private static boolean isOver(Pod pod, Instant now) {
        Instant deletion = pod.metadata().deletionTimestamp();
        Long grace = pod.metadata().deletionGracePeriodSeconds();
        if (deletion != null && grace != null && now.isAfter(deletion.plusSeconds(grace))) {
            return true;
        }
        return "Succeeded".equals(pod.status().phase())
                || "Failed".equals(pod.status().phase());
    }

    private static Map<String, Quantity> compute(Map<String, Quantity> requests, Map<String, Quantity> limits) {
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put("pods", Quantity.of(1));
        requests.forEach((name, amount) -> {
            if (COMPUTE.contains(name) || name.startsWith("hugepages-")) {
                usage.put(name, amount);
                usage.put("requests." + name, amount);
            } else if (isExtended(name)) {
                usage.put("requests." + name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (COMPUTE.contains(name)) {
                usage.put("limits." + name, amount);
            }
        });
        return usage;
    }

    private static boolean isExtended(String name) {
        return name.contains("/") && !name.contains("kubernetes.io/") && !name.startsWith("requests.");
    }

    @Override
    public List<String> matching(Collection<String> names) {
        return names.stream()
                .filter(name -> NAMES.contains(name)
                        || name.startsWith("hugepages-")
                        || name.startsWith("requests.hugepages-")
                        || name.startsWith("requests.") && isExtended(name.substring("requests.".length())))
                .sorted()
                .toList();
    }

    @Override
    public boolean handles(String operation, String subresource) {
        return subresource.isEmpty() && operation.equals("CREATE")
                || subresource.equals("resize") && operation.equals("UPDATE");
    }

    /// A pod gets or changes its `activeDeadlineSeconds`; nothing else of a pod's scopes can change.
    @Override
    public boolean movesScope(KubernetesObject before, KubernetesObject now) {
        return isTerminating((Pod) before) != isTerminating((Pod) now);
    }

    private static boolean isTerminating(Pod pod) {
        Long deadline = pod.spec().activeDeadlineSeconds();
        return deadline != null && deadline >= 0;
    }

    @Override
    public String missing(Collection<String> required, KubernetesObject object) {
        if (hasOwnResources(((Pod) object).spec())) {
            return "";
        }
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Container container : PodResources.allContainers(((Pod) object).spec())) {
            Map<String, Quantity> given = compute(
                    PodResources.requestsOf(container.resources()), PodResources.limitsOf(container.resources()));
            required.stream()
                    .filter(name -> REQUIRED.contains(name) && !given.containsKey(name))
                    .forEach(name ->
                            missing.computeIfAbsent(name, n -> new TreeSet<>()).add(container.name()));
        }
        return missing.isEmpty()
                ? ""
                : "must specify "
                        + missing.entrySet().stream()
                                .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
                                .collect(Collectors.joining("; "));
    }

    /// Whether the pod as a whole says what it needs, so that containers need not.
    private static boolean hasOwnResources(PodSpec spec) {
        return Stream.of(PodResources.requestsOf(spec.resources()), PodResources.limitsOf(spec.resources()))
                .flatMap(amounts -> amounts.keySet().stream())
                .anyMatch(name -> name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-"));
    }

    @Override
    public boolean inScope(ScopedResourceSelectorRequirement scope, KubernetesObject object) {
        Pod pod = (Pod) object;
        boolean terminating = isTerminating(pod);
        return switch (scope.scopeName()) {
            case "Terminating" -> terminating;
            case "NotTerminating" -> !terminating;
            case "BestEffort" -> QosClass.of(pod.spec()) == QosClass.BEST_EFFORT;
            case "NotBestEffort" -> QosClass.of(pod.spec()) != QosClass.BEST_EFFORT;
            case "PriorityClass" -> {
                String name = pod.spec().priorityClassName();
                yield selects(scope, name == null || name.isEmpty() ? Set.of() : Set.of(name));
            }
            case "CrossNamespacePodAffinity" -> CrossNamespaceAffinity.isUsed(pod.spec());
            default -> false;
        };
    }

    /// Whether a scope's operator and values select the names that an object has.
    static boolean selects(ScopedResourceSelectorRequirement scope, Set<String> names) {
        return switch (scope.operator()) {
            case "Exists" -> !names.isEmpty();
            case "DoesNotExist" -> names.isEmpty();
            case "In" -> names.stream().anyMatch(scope.values()::contains);
            case "NotIn" ->
                names.isEmpty()
                        || names.stream().anyMatch(name -> !scope.values().contains(name));
            default -> false;
        };
    }
}
