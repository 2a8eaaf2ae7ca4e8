package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.resource.v1.deviceclass.DeviceSelection;
import io.gantry.api.resource.v1.deviceclass.DeviceSelector;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Limited;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a new claim, or a template of claims, asks for (upstream `pkg/apis/resource/validation`). That expressions
/// compile is checked where CEL is known.
public final class DeviceClaimValidation {
    private static final int MAX_REQUESTS = 32;
    private static final int MAX_ALTERNATIVES = 8;
    private static final int MAX_CONSTRAINTS = 32;
    private static final int MAX_CONFIGURATIONS = 32;

    /// What a request and an alternative have in common.
    private record Wish(
            @Nullable String deviceClass,
            List<DeviceSelector> selectors,
            @Nullable String mode,
            @Nullable Long count,
            List<DeviceToleration> tolerations) {}

    private DeviceClaimValidation() {}

    /// The spec of a claim.
    public static void spec(ResourceClaimSpec spec, String path, FieldErrors errors) {
        DeviceClaim claim = spec.devices();
        if (claim == null) {
            return;
        }
        RequestNames names = RequestNames.of(claim);
        String at = path + ".devices";
        Limited.set(
                claim.requests(),
                MAX_REQUESTS,
                DeviceClaimValidation::request,
                one -> orEmpty(one.name()),
                at + ".requests",
                errors);
        Limited.list(
                claim.constraints(),
                MAX_CONSTRAINTS,
                (one, where, found) -> constraint(one, names, where, found),
                at + ".constraints",
                errors);
        Limited.list(
                claim.config(),
                MAX_CONFIGURATIONS,
                (one, where, found) -> {
                    references(one.requests(), names, where, found);
                    DeviceSelection.configuration(one.opaque(), false, where, found);
                },
                at + ".config",
                errors);
    }

    private static void request(DeviceRequest request, String path, FieldErrors errors) {
        DeviceNames.label(request.name(), path + ".name", errors);
        ExactDeviceRequest exactly = request.exactly();
        boolean alternatives = !request.firstAvailable().isEmpty();
        if (exactly == null && !alternatives) {
            errors.required(path, "exactly one of `exactly` or `firstAvailable` is required");
        } else if (exactly != null && alternatives) {
            errors.invalid(
                    path,
                    null,
                    "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
        } else if (exactly != null) {
            wish(
                    new Wish(
                            exactly.deviceClassName(),
                            exactly.selectors(),
                            exactly.allocationMode(),
                            exactly.count(),
                            exactly.tolerations()),
                    path + ".exactly",
                    errors);
        } else {
            Limited.set(
                    request.firstAvailable(),
                    MAX_ALTERNATIVES,
                    DeviceClaimValidation::alternative,
                    one -> orEmpty(one.name()),
                    path + ".firstAvailable",
                    errors);
        }
    }

    private static void alternative(DeviceSubRequest request, String path, FieldErrors errors) {
        DeviceNames.label(request.name(), path + ".name", errors);
        wish(
                new Wish(
                        request.deviceClassName(),
                        request.selectors(),
                        request.allocationMode(),
                        request.count(),
                        request.tolerations()),
                path,
                errors);
    }

    private static void wish(Wish wish, String path, FieldErrors errors) {
        String name = orEmpty(wish.deviceClass());
        if (name.isEmpty()) {
            errors.required(path + ".deviceClassName", "");
        } else {
            Names.subdomain(name).forEach(wrong -> errors.invalid(path + ".deviceClassName", name, wrong));
        }
        DeviceSelection.selectors(wish.selectors(), path + ".selectors", errors);
        amount(orEmpty(wish.mode()), Objects.requireNonNullElse(wish.count(), 0L), path, errors);
        Limited.list(
                wish.tolerations(),
                Integer.MAX_VALUE,
                DeviceClaimValidation::toleration,
                path + ".tolerations",
                errors);
    }

    private static void amount(String mode, long count, String path, FieldErrors errors) {
        switch (mode) {
            case "All" -> {
                if (count != 0) {
                    errors.invalid(
                            path + ".count", count, "must not be specified when allocationMode is '" + mode + "'");
                }
            }
            case "ExactCount" -> {
                if (count <= 0) {
                    errors.invalid(path + ".count", count, "must be greater than zero");
                }
            }
            default -> errors.notSupported(path + ".allocationMode", mode, List.of("All", "ExactCount"));
        }
    }

    private static void toleration(DeviceToleration toleration, String path, FieldErrors errors) {
        String key = orEmpty(toleration.key());
        if (!key.isEmpty()) {
            LabelValidation.labelName(key, path + ".key", errors);
        }
        String value = orEmpty(toleration.value());
        switch (orEmpty(toleration.operator())) {
            case "Exists" -> {
                if (!value.isEmpty()) {
                    errors.invalid(path + ".value", value, "must be empty for operator `Exists`");
                }
            }
            case "Equal" -> Names.labelValue(value).forEach(wrong -> errors.invalid(path + ".value", value, wrong));
            case "" -> errors.required(path + ".operator", "");
            default -> errors.notSupported(path + ".operator", toleration.operator(), List.of("Equal", "Exists"));
        }
        String effect = orEmpty(toleration.effect());
        if (!effect.isEmpty() && !List.of("NoExecute", "NoSchedule", "None").contains(effect)) {
            errors.notSupported(path + ".effect", effect, List.of("NoExecute", "NoSchedule", "None"));
        }
    }

    private static void constraint(DeviceConstraint constraint, RequestNames names, String path, FieldErrors errors) {
        references(constraint.requests(), names, path, errors);
        if (constraint.matchAttribute() != null) {
            DeviceNames.fullyQualified(constraint.matchAttribute(), path + ".matchAttribute", errors);
        } else if (constraint.distinctAttribute() != null) {
            DeviceNames.fullyQualified(constraint.distinctAttribute(), path + ".distinctAttribute", errors);
        } else {
            errors.required(
                    path,
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are"
                            + " set");
        }
    }

    /// Which requests something is for.
    static void references(List<String> requests, RequestNames names, String path, FieldErrors errors) {
        Limited.set(requests, MAX_REQUESTS, names::reference, Function.identity(), path + ".requests", errors);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
