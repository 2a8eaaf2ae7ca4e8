package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.References;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metrics of an autoscaler (upstream `validateMetricSpec`).
final class MetricValidation {
    private static final List<String> TYPES = List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

    private MetricValidation() {}

    static void check(MetricSpec spec, String at, FieldErrors errors) {
        String type = text(spec.type());
        if (type.isEmpty()) {
            errors.required(at + ".type", "must specify a metric source type");
        } else {
            References.oneOf(type, TYPES, at + ".type", errors);
        }
        List<String> sources = sources(spec, at, errors);
        String wanted = type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
        if (TYPES.contains(type) && !sources.contains(wanted)) {
            errors.required(at + "." + wanted, "must populate information for the given metric source");
        }
        for (String source : sources) {
            if (sources.size() > 1 && !source.equals(wanted)) {
                errors.forbidden(at + "." + source, "must populate the given metric source only");
            }
        }
    }

    private static List<String> sources(MetricSpec spec, String at, FieldErrors errors) {
        List<String> sources = new ArrayList<>();
        if (spec.object() != null) {
            sources.add("object");
            String path = at + ".object";
            described(spec.object().describedObject(), path + ".describedObject", errors);
            identifier(spec.object().metric(), path + ".metric", errors);
            target(spec.object().target(), path + ".target", errors);
            anyValue(
                    spec.object().target(), path + ".target", "must set either a target value or averageValue", errors);
        }
        if (spec.external() != null) {
            sources.add("external");
            external(spec.external(), at + ".external", errors);
        }
        if (spec.pods() != null) {
            sources.add("pods");
            identifier(spec.pods().metric(), at + ".pods.metric", errors);
            target(spec.pods().target(), at + ".pods.target", errors);
            if (spec.pods().target() == null || spec.pods().target().averageValue() == null) {
                errors.required(at + ".pods.target.averageValue", "must specify a positive target averageValue");
            }
        }
        if (spec.resource() != null) {
            sources.add("resource");
            resource(spec.resource().name(), spec.resource().target(), at + ".resource", errors);
        }
        if (spec.containerResource() != null) {
            sources.add("containerResource");
            String container = text(spec.containerResource().container());
            if (container.isEmpty()) {
                errors.required(at + ".containerResource.container", "must specify a container");
            } else {
                References.format(container, Names::label, at + ".containerResource.container", errors);
            }
            resource(
                    spec.containerResource().name(),
                    spec.containerResource().target(),
                    at + ".containerResource",
                    errors);
        }
        return sources;
    }

    private static void identifier(@Nullable MetricIdentifier metric, String at, FieldErrors errors) {
        if (metric == null || text(metric.name()).isEmpty()) {
            errors.required(at + ".name", "must specify a metric name");
        } else {
            References.format(metric.name(), Names::pathSegment, at + ".name", errors);
        }
    }

    private static void described(@Nullable CrossVersionObjectReference object, String at, FieldErrors errors) {
        if (object != null) {
            References.requiredFormat(object.kind(), Names::pathSegment, at + ".kind", errors);
            References.requiredFormat(object.name(), Names::pathSegment, at + ".name", errors);
        }
    }

    private static void external(ExternalMetricSource source, String at, FieldErrors errors) {
        MetricTarget target = source.target();
        identifier(source.metric(), at + ".metric", errors);
        target(target, at + ".target", errors);
        anyValue(target, at + ".target", "must set either a target value for metric or a per-pod target", errors);
        if (target != null && target.value() != null && target.averageValue() != null) {
            errors.forbidden(at + ".target.value", "may not set both a target value for metric and a per-pod target");
        }
    }

    private static void anyValue(@Nullable MetricTarget target, String at, String detail, FieldErrors errors) {
        if (target == null || (target.value() == null && target.averageValue() == null)) {
            errors.required(at + ".averageValue", detail);
        }
    }

    private static void target(@Nullable MetricTarget target, String at, FieldErrors errors) {
        if (target == null) {
            return;
        }
        String type = text(target.type());
        if (type.isEmpty()) {
            errors.required(at + ".type", "must specify a metric target type");
        }
        if (!TARGETS.contains(type)) {
            errors.invalid(at + ".type", type, "must be either Utilization, Value, or AverageValue");
        }
        positive(target.value(), at + ".value", errors);
        positive(target.averageValue(), at + ".averageValue", errors);
        if (target.averageUtilization() != null && target.averageUtilization() < 1) {
            errors.invalid(at + ".averageUtilization", target.averageUtilization(), "must be greater than 0");
        }
    }

    private static void resource(@Nullable String name, @Nullable MetricTarget target, String at, FieldErrors errors) {
        if (text(name).isEmpty()) {
            errors.required(at + ".name", "must specify a resource name");
        }
        if (target == null) {
            return;
        }
        target(target, at + ".target", errors);
        if (target.averageUtilization() == null && target.averageValue() == null) {
            errors.required(
                    at + ".target.averageUtilization", "must set either a target raw value or a target utilization");
        }
        if (target.averageUtilization() != null && target.averageValue() != null) {
            errors.forbidden(
                    at + ".target.averageValue", "may not set both a target raw value and a target utilization");
        }
    }

    private static void positive(@Nullable Quantity value, String at, FieldErrors errors) {
        if (value != null && value.amount().signum() <= 0) {
            errors.invalid(at, value, "must be positive");
        }
    }
}
