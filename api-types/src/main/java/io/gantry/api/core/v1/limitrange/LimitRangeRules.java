package io.gantry.api.core.v1.limitrange;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.Trees;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of LimitRanges (upstream `ValidateLimitRange`, `SetDefaults_LimitRangeItem`).
public final class LimitRangeRules implements KindRules<LimitRange> {
    private static final List<String> TYPES = List.of("Container", "PersistentVolumeClaim", "Pod");

    @Override
    public void defaults(ObjectNode object) {
        for (JsonNode node : object.path("spec").path("limits")) {
            if (node instanceof ObjectNode item
                    && item.path("type").asString("").equals("Container")) {
                copyMissing(item, "max", "default");
                copyMissing(item, "default", "defaultRequest");
                copyMissing(item, "min", "defaultRequest");
            }
        }
    }

    /// One without a name gets one that nobody else has.
    @Override
    public void prepareForCreate(ObjectNode object) {
        Trees.defaultText(
                Trees.child(object, "metadata"), "name", UUID.randomUUID().toString());
    }

    private static void copyMissing(ObjectNode item, String from, String to) {
        if (item.path(from).isEmpty()) {
            return;
        }
        ObjectNode target = Trees.child(item, to);
        item.path(from).properties().forEach(e -> {
            if (!target.has(e.getKey())) {
                target.set(e.getKey(), e.getValue());
            }
        });
    }

    @Override
    public void validate(LimitRange object, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < object.spec().limits().size(); i++) {
            LimitRangeItem item = object.spec().limits().get(i);
            String at = "spec.limits[" + i + "]";
            String type = text(item.type());
            type(type, at + ".type", errors);
            if (!types.add(type)) {
                errors.duplicate(at + ".type", type);
            }
            if (type.equals("Pod")) {
                if (!item.default_().isEmpty()) {
                    errors.forbidden(at + ".default", "may not be specified when `type` is 'Pod'");
                }
                if (!item.defaultRequest().isEmpty()) {
                    errors.forbidden(at + ".defaultRequest", "may not be specified when `type` is 'Pod'");
                }
            }
            item(item, at, errors);
        }
    }

    private static void type(String type, String path, FieldErrors errors) {
        List<String> faults = Names.qualified(type);
        faults.forEach(m -> errors.invalid(path, type, m));
        if (faults.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
            errors.invalid(path, type, "must be a standard limit type or fully qualified");
        }
    }

    /// Pods and containers have resources of their own; other types take what is named like one.
    private static void names(Map<String, Quantity> limits, String type, String path, FieldErrors errors) {
        boolean ofContainers = type.equals("Pod") || type.equals("Container");
        for (String name : limits.keySet()) {
            String at = path + "[" + name + "]";
            if (ofContainers) {
                ResourceValidation.resourceName(name, at, errors);
            } else {
                ResourceValidation.anyName(name, at, errors);
            }
        }
    }

    private static void ratio(LimitRangeItem item, String name, String at, FieldErrors errors) {
        Quantity ratio = item.maxLimitRequestRatio().get(name);
        if (ratio == null) {
            return;
        }
        String path = at + ".maxLimitRequestRatio[" + name + "]";
        if (ratio.amount().compareTo(BigDecimal.ONE) < 0) {
            errors.invalid(path, ratio.canonical(), "ratio " + ratio.canonical() + " is less than 1");
        }
        Quantity min = item.min().get(name);
        Quantity max = item.max().get(name);
        if (min != null && max != null) {
            double limit = max.amount().doubleValue() / min.amount().doubleValue();
            if (ratio.amount().doubleValue() > limit) {
                errors.invalid(
                        path,
                        ratio.canonical(),
                        String.format(Locale.ROOT, "ratio %s is greater than max/min = %f", ratio.canonical(), limit));
            }
        }
    }

    private static void item(LimitRangeItem item, String at, FieldErrors errors) {
        String type = text(item.type());
        names(item.max(), type, at + ".max", errors);
        names(item.min(), type, at + ".min", errors);
        if (!type.equals("Pod")) {
            names(item.default_(), type, at + ".default", errors);
            names(item.defaultRequest(), type, at + ".defaultRequest", errors);
        }
        if (type.equals("PersistentVolumeClaim")
                && !item.min().containsKey("storage")
                && !item.max().containsKey("storage")) {
            errors.required(
                    at + ".limits", "either minimum or maximum storage value is required, but neither was provided");
        }
        names(item.maxLimitRequestRatio(), type, at + ".maxLimitRequestRatio", errors);
        Set<String> names = new TreeSet<>(item.max().keySet());
        names.addAll(item.min().keySet());
        names.addAll(item.default_().keySet());
        names.addAll(item.defaultRequest().keySet());
        names.addAll(item.maxLimitRequestRatio().keySet());
        for (String name : names) {
            order(item.min(), "min", item.max(), "max", name, at + ".min", errors);
            order(item.min(), "min", item.defaultRequest(), "default request", name, at + ".defaultRequest", errors);
            order(item.defaultRequest(), "default request", item.max(), "max", name, at + ".defaultRequest", errors);
            order(
                    item.defaultRequest(),
                    "default request",
                    item.default_(),
                    "default limit",
                    name,
                    at + ".defaultRequest",
                    errors);
            order(item.min(), "min", item.default_(), "default", name, at + ".default", errors);
            order(item.default_(), "default", item.max(), "max", name, at + ".default", errors);
            ratio(item, name, at, errors);
            equalDefaults(item, name, at, errors);
        }
    }

    /// What cannot be given to more than one at a time is asked for as it is limited.
    private static void equalDefaults(LimitRangeItem item, String name, String at, FieldErrors errors) {
        Quantity limit = item.default_().get(name);
        Quantity request = item.defaultRequest().get(name);
        if (!ResourceValidation.mayOvercommit(name)
                && limit != null
                && request != null
                && limit.compareTo(request) != 0) {
            errors.invalid(
                    at + ".defaultRequest[" + name + "]",
                    request.canonical(),
                    "default value " + limit.canonical() + " must equal to defaultRequest value " + request.canonical()
                            + " in " + name);
        }
    }

    private static void order(
            Map<String, Quantity> lower,
            String lowerName,
            Map<String, Quantity> upper,
            String upperName,
            String resource,
            String path,
            FieldErrors errors) {
        Quantity low = lower.get(resource);
        Quantity high = upper.get(resource);
        if (isGreater(low, high)) {
            boolean aboutUpper =
                    path.endsWith(".default") && lowerName.equals("min") || upperName.equals("default request");
            errors.invalid(
                    path + "[" + resource + "]",
                    aboutUpper ? high : low,
                    lowerName + " value " + low + " is greater than " + upperName + " value " + high);
        }
    }

    private static boolean isGreater(@Nullable Quantity low, @Nullable Quantity high) {
        return low != null && high != null && low.compareTo(high) > 0;
    }
}
