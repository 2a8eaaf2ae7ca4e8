package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Requests and limits (upstream `ValidateContainerResourceRequirements`).
public final class ResourceValidation {
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> WHOLE = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> ANY = Stream.concat(
                    WHOLE.stream(),
                    Stream.of(
                            "cpu",
                            "memory",
                            "ephemeral-storage",
                            "requests.cpu",
                            "requests.memory",
                            "requests.ephemeral-storage",
                            "limits.cpu",
                            "limits.memory",
                            "limits.ephemeral-storage",
                            "storage",
                            "requests.storage"))
            .collect(Collectors.toUnmodifiableSet());
    private static final String HUGE_PAGES = "hugepages-";

    private ResourceValidation() {}

    /// Requests and limits of a container; absent ones have no faults.
    public static void requirements(@Nullable ResourceRequirements resources, String path, FieldErrors errors) {
        if (resources == null) {
            return;
        }
        limits(resources.limits(), path, errors);
        requests(resources, path, errors);
        Set<String> names = new HashSet<>(resources.limits().keySet());
        names.addAll(resources.requests().keySet());
        hugePagesAlone(names, path, errors);
    }

    /// An amount of a resource: not negative, and whole where the resource only comes in units.
    public static void quantity(String resource, Quantity quantity, String path, FieldErrors errors) {
        if (quantity.amount().signum() < 0) {
            errors.invalid(path, quantity.canonical(), "must be greater than or equal to 0");
        }
        if (isWhole(resource) && !isInteger(quantity)) {
            errors.invalid(path, quantity, "must be an integer");
        }
    }

    /// A resource of a vendor: has a domain outside Kubernetes' own.
    public static boolean isExtended(String resource) {
        return resource.contains("/") && !resource.contains("kubernetes.io/") && !resource.startsWith("requests.");
    }

    /// Whether a vendor's resource may be called so (upstream `IsExtendedResourceName`).
    public static boolean isExtendedName(String resource) {
        return isExtended(resource) && Names.qualified("requests." + resource).isEmpty();
    }

    /// Limits by themselves, as the overhead of pods is.
    ///
    /// @param path of what has the limits
    public static void overhead(Map<String, Quantity> limits, String path, FieldErrors errors) {
        limits(limits, path, errors);
        hugePagesAlone(limits.keySet(), path, errors);
    }

    private static void limits(Map<String, Quantity> limits, String path, FieldErrors errors) {
        limits.forEach((name, quantity) -> {
            String key = path + ".limits[" + name + "]";
            resourceName(name, key, errors);
            quantity(name, quantity, key, errors);
            wholePages(name, quantity, key, errors);
        });
    }

    private static void hugePagesAlone(Set<String> names, String path, FieldErrors errors) {
        if (names.stream().anyMatch(name -> name.startsWith(HUGE_PAGES))
                && !names.contains("cpu")
                && !names.contains("memory")) {
            errors.forbidden(path, "HugePages require cpu or memory");
        }
    }

    /// Upstream `validateResourceQuantityHugePageValue`.
    private static void wholePages(String name, Quantity quantity, String path, FieldErrors errors) {
        if (!name.startsWith(HUGE_PAGES)) {
            return;
        }
        BigDecimal size = pageSize(name);
        if (size.signum() <= 0 || quantity.amount().remainder(size).signum() != 0) {
            errors.invalid(
                    path, quantity.canonical(), quantity.canonical() + " is not positive integer multiple of " + name);
        }
    }

    /// Zero where the name tells none.
    private static BigDecimal pageSize(String name) {
        try {
            return Quantity.parse(name.substring(HUGE_PAGES.length())).amount();
        } catch (IllegalArgumentException none) {
            return BigDecimal.ZERO;
        }
    }

    private static void requests(ResourceRequirements resources, String path, FieldErrors errors) {
        Map<String, Quantity> limits = resources.limits();
        resources.requests().forEach((name, quantity) -> {
            String key = path + ".requests[" + name + "]";
            resourceName(name, key, errors);
            quantity(name, quantity, key, errors);
            wholePages(name, quantity, key, errors);
            Quantity limit = limits.get(name);
            String requests = path + ".requests";
            if (limit == null) {
                if (!mayOvercommit(name)) {
                    errors.required(path + ".limits", "Limit must be set for non overcommitable resources");
                }
            } else if (!mayOvercommit(name) && !quantity.equals(limit)) {
                errors.invalid(
                        requests, quantity.canonical(), "must be equal to " + name + " limit of " + limit.canonical());
            } else if (quantity.compareTo(limit) > 0) {
                errors.invalid(
                        requests,
                        quantity.canonical(),
                        "must be less than or equal to " + name + " limit of " + limit.canonical());
            }
        });
    }

    /// What may be a resource's name at all (upstream `validateResourceName`).
    public static void anyName(String name, String path, FieldErrors errors) {
        List<String> faults = Names.qualified(name);
        faults.forEach(m -> errors.invalid(path, name, m));
        if (faults.isEmpty() && !name.contains("/") && !isStandardName(name)) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
        }
    }

    /// Upstream's `IsStandardResourceName`.
    private static boolean isStandardName(String name) {
        return ANY.contains(name) || name.startsWith(HUGE_PAGES) || name.startsWith("requests." + HUGE_PAGES);
    }

    /// What a container may ask for.
    public static void resourceName(String name, String path, FieldErrors errors) {
        anyName(name, path, errors);
        if (!name.contains("/") && !STANDARD.contains(name) && !name.startsWith(HUGE_PAGES)) {
            errors.invalid(path, name, "must be a standard resource for containers");
        } else if (name.contains("/") && !name.contains("kubernetes.io/") && !isExtendedName(name)) {
            errors.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    /// Whether several may have been promised the same of it.
    public static boolean mayOvercommit(String name) {
        return !isExtended(name) && !name.startsWith(HUGE_PAGES);
    }

    private static boolean isWhole(String resource) {
        return isExtended(resource) || WHOLE.contains(resource);
    }

    private static boolean isInteger(Quantity quantity) {
        BigDecimal stripped = quantity.amount().stripTrailingZeros();
        return stripped.scale() <= 0;
    }
}
