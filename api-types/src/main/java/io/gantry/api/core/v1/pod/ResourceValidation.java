package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Requests and limits (upstream `ValidateContainerResourceRequirements`).
public final class ResourceValidation {
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String HUGE_PAGES = "hugepages-";

    private ResourceValidation() {}

    /// Requests and limits of a container; absent ones have no faults.
    public static void requirements(@Nullable ResourceRequirements resources, String path, FieldErrors errors) {
        if (resources == null) {
            return;
        }
        limits(resources, path, errors);
        requests(resources, path, errors);
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

    private static void limits(ResourceRequirements resources, String path, FieldErrors errors) {
        resources.limits().forEach((name, quantity) -> {
            String key = path + ".limits[" + name + "]";
            resourceName(name, key, errors);
            quantity(name, quantity, key, errors);
        });
    }

    private static void requests(ResourceRequirements resources, String path, FieldErrors errors) {
        Map<String, Quantity> limits = resources.limits();
        resources.requests().forEach((name, quantity) -> {
            String key = path + ".requests[" + name + "]";
            resourceName(name, key, errors);
            quantity(name, quantity, key, errors);
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

    private static void resourceName(String name, String path, FieldErrors errors) {
        Names.qualified(name).forEach(m -> errors.invalid(path, name, m));
        if (!name.contains("/") && !STANDARD.contains(name) && !name.startsWith(HUGE_PAGES)) {
            errors.invalid(path, name, "must be a standard resource for containers");
        }
    }

    private static boolean mayOvercommit(String name) {
        return !isExtended(name) && !name.startsWith(HUGE_PAGES);
    }

    private static boolean isWhole(String resource) {
        return isExtended(resource) || Set.of("pods", "services", "secrets").contains(resource);
    }

    private static boolean isInteger(Quantity quantity) {
        BigDecimal stripped = quantity.amount().stripTrailingZeros();
        return stripped.scale() <= 0;
    }
}
