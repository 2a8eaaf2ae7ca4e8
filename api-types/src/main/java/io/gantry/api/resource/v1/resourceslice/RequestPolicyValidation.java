package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.Limited;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How much of a capacity may be asked for (upstream `validateRequestPolicy`): of devices that several
/// claims may have.
///
/// @param most the capacity
/// @param usual what is taken when nothing is asked for
record RequestPolicyValidation(Quantity most, Quantity usual, FieldErrors errors) {
    private static final int MAX_VALUES = 10;

    /// A capacity of a device that several claims may have.
    static void shared(DeviceCapacity capacity, String path, FieldErrors errors) {
        if (capacity.requestPolicy() != null) {
            Quantity most = Objects.requireNonNullElse(capacity.value(), Quantity.ZERO);
            policy(most, capacity.requestPolicy(), path + ".requestPolicy", errors);
        }
    }

    /// A capacity of a device that is one claim's.
    static void single(DeviceCapacity capacity, String path, FieldErrors errors) {
        if (capacity.requestPolicy() != null) {
            errors.forbidden(path + ".requestPolicy", "allowMultipleAllocations must be true");
        }
    }

    private static void policy(Quantity most, CapacityRequestPolicy policy, String path, FieldErrors errors) {
        boolean values = !policy.validValues().isEmpty();
        CapacityRequestPolicyRange range = policy.validRange();
        if (!values && range == null) {
            return;
        }
        if (values && range != null) {
            errors.forbidden(
                    path,
                    "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the"
                            + " same time");
        } else if (policy.default_() == null) {
            errors.required(
                    path + ".default", "required when " + (values ? "validValues" : "validRange") + " is defined");
        } else {
            RequestPolicyValidation check = new RequestPolicyValidation(most, policy.default_(), errors);
            if (range == null) {
                check.values(policy.validValues(), path + ".validValues");
            } else {
                check.range(range, path + ".validRange");
            }
        }
    }

    private void values(List<Quantity> values, String path) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i - 1).compareTo(values.get(i)) > 0) {
                invalid(path + "[" + i + "]", values.get(i), "values must be sorted in ascending order");
            }
        }
        Limited.set(
                values,
                MAX_VALUES,
                (value, at, all) -> {
                    if (value.compareTo(most) > 0) {
                        invalid(at, value, "option is larger than capacity value: " + most.canonical());
                    }
                },
                value -> Long.toString(value.value()),
                path,
                errors);
        // Too many of them are not looked at, upstream, and none is the default then.
        if (values.size() > MAX_VALUES || values.stream().noneMatch(usual::equals)) {
            invalid(path, usual, "default value is not valid according to the requestPolicy");
        }
    }

    private void range(CapacityRequestPolicyRange range, String path) {
        Quantity min = range.min();
        if (min == null) {
            errors.required(path + ".min", "required when validRange is defined");
            return;
        }
        if (min.compareTo(most) > 0) {
            invalid(path + ".min", min, "min is larger than capacity value: " + most.canonical());
        }
        if (usual.compareTo(min) < 0) {
            invalid(path + ".min", usual, "default is less than min: " + min.canonical());
        }
        if (range.max() != null) {
            max(min, range.max(), path + ".max");
        }
        if (range.step() != null) {
            step(min, range.max(), range.step(), path + ".step");
        }
    }

    private void max(Quantity min, Quantity max, String path) {
        if (min.compareTo(max) > 0) {
            invalid(path, min, "min is larger than max: " + max.canonical());
        }
        if (max.compareTo(most) > 0) {
            invalid(path, max, "max is larger than capacity value: " + most.canonical());
        }
        if (usual.compareTo(max) > 0) {
            invalid(path, usual, "default is more than max: " + max.canonical());
        }
    }

    private void step(Quantity min, @Nullable Quantity max, Quantity step, String path) {
        Quantity next = min.plus(step);
        if (next.compareTo(most) > 0) {
            String why = "one step " + next.canonical() + " is larger than capacity value: " + most.canonical();
            invalid(path, step, why);
        }
        multiple(usual, min, step, path);
        if (max != null) {
            multiple(max, min, step, path);
        }
    }

    /// No number is a multiple of zero (upstream divides by it and fails).
    private void multiple(Quantity value, Quantity min, Quantity step, String path) {
        long size = step.value();
        if (size == 0 || (value.value() - min.value()) % size != 0) {
            invalid(
                    path,
                    value,
                    "value is not a multiple of a given step (" + step.canonical() + ") from (" + min.canonical()
                            + ")");
        }
    }

    private void invalid(String path, Quantity value, String why) {
        errors.invalid(path, value.canonical(), why);
    }
}
