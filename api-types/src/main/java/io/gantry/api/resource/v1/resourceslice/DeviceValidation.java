package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Limited;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One device of a slice (upstream `validateDevice`).
final class DeviceValidation {
    private static final int MAX_ATTRIBUTES_AND_CAPACITIES = 32;
    private static final int MAX_ATTRIBUTE_VALUES = 48;
    private static final int MAX_TAINTS = 16;
    private static final int MAX_CONSUMPTIONS = 2;
    private static final int MAX_CONDITIONS = 4;
    /// A domain, a slash and an identifier.
    private static final int SHOWN_NAME = 63 + 1 + 32;

    private static final String ONE_OF = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
            + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

    private DeviceValidation() {}

    /// @param old the device of that name before, null for a new one: its taints are not looked at again
    /// @param perDevice whether each device of the slice says on which nodes it is
    static void check(Device device, @Nullable Device old, boolean perDevice, String path, FieldErrors errors) {
        DeviceNames.label(device.name(), path + ".name", errors);
        sizes(device, path, errors);
        Limited.map(
                device.attributes(),
                SHOWN_NAME,
                DeviceNames::qualified,
                AttributeValidation::check,
                path + ".attributes",
                errors);
        boolean shared = Boolean.TRUE.equals(device.allowMultipleAllocations());
        Limited.map(
                device.capacity(),
                SHOWN_NAME,
                DeviceNames::qualified,
                shared ? RequestPolicyValidation::shared : RequestPolicyValidation::single,
                path + ".capacity",
                errors);
        if (old == null || !old.taints().equals(device.taints())) {
            Limited.list(device.taints(), MAX_TAINTS, DeviceValidation::taint, path + ".taints", errors);
        }
        Limited.set(
                device.consumesCounters(),
                MAX_CONSUMPTIONS,
                CounterValidation::consumption,
                consumption -> References.text(consumption.counterSet()),
                path + ".consumesCounters",
                errors);
        nodes(device, perDevice, path, errors);
        conditions(device.bindingConditions(), device.bindingFailureConditions(), path, errors);
        mappings(device, path + ".nodeAllocatableResourceMappings", errors);
    }

    private static void sizes(Device device, String path, FieldErrors errors) {
        int named = device.attributes().size() + device.capacity().size();
        if (named > MAX_ATTRIBUTES_AND_CAPACITIES) {
            errors.invalid(
                    path,
                    named,
                    "the total number of attributes and capacities must not exceed " + MAX_ATTRIBUTES_AND_CAPACITIES);
        }
        int values = device.attributes().values().stream()
                .mapToInt(AttributeValidation::values)
                .sum();
        if (values > MAX_ATTRIBUTE_VALUES) {
            errors.invalid(
                    path, values, "the total number of attribute values must not exceed " + MAX_ATTRIBUTE_VALUES);
        }
    }

    /// The effect is one of a closed set, which the schema checks.
    private static void taint(DeviceTaint taint, String path, FieldErrors errors) {
        LabelValidation.labelName(References.text(taint.key()), path + ".key", errors);
        References.optional(taint.value(), Names::labelValue, path + ".value", errors);
    }

    private static void nodes(Device device, boolean perDevice, String path, FieldErrors errors) {
        if (perDevice) {
            new NodeChoice(path, errors)
                    .name(device.nodeName(), "must not be empty")
                    .selector(device.nodeSelector())
                    .flag(device.allNodes(), "allNodes")
                    .exactlyOne(ONE_OF, ONE_OF);
        } else if (device.nodeName() != null || device.nodeSelector() != null || device.allNodes() != null) {
            errors.invalid(
                    path,
                    null,
                    "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to"
                            + " true in the ResourceSlice spec");
        }
    }

    private static void conditions(List<String> binding, List<String> failure, String path, FieldErrors errors) {
        String bindingPath = path + ".bindingConditions";
        String failurePath = path + ".bindingFailureConditions";
        Limited.list(binding, MAX_CONDITIONS, LabelValidation::labelName, bindingPath, errors);
        Limited.list(failure, MAX_CONDITIONS, LabelValidation::labelName, failurePath, errors);
        distinct(binding, Set.of(), bindingPath, errors);
        distinct(failure, Set.copyOf(binding), failurePath, errors);
        if (binding.isEmpty() && !failure.isEmpty()) {
            errors.invalid(bindingPath, null, "bindingConditions are required to use bindingFailureConditions");
        }
        if (failure.isEmpty() && !binding.isEmpty()) {
            errors.invalid(failurePath, null, "bindingFailureConditions are required to use bindingConditions");
        }
    }

    private static void distinct(List<String> conditions, Set<String> others, String path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String condition = conditions.get(i);
            if (!seen.add(condition)) {
                errors.duplicate(path + "[" + i + "]", condition);
            }
            if (others.contains(condition)) {
                errors.invalid(
                        path + "[" + i + "]",
                        condition,
                        "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
    }

    private static void mappings(Device device, String path, FieldErrors errors) {
        for (Map.Entry<String, NodeAllocatableResourceMapping> entry :
                device.nodeAllocatableResourceMappings().entrySet()) {
            String resource = entry.getKey();
            String at = path + "[" + resource + "]";
            if (resource.contains("/") && !resource.contains("kubernetes.io/")) {
                errors.invalid(at, resource, "must be a node allocatable resource name");
            }
            mapping(entry.getValue(), device.capacity().keySet(), at, errors);
        }
    }

    private static void mapping(
            NodeAllocatableResourceMapping mapping, Set<String> capacities, String path, FieldErrors errors) {
        String key = mapping.capacityKey();
        if (mapping.allocationMultiplier() == null && key == null) {
            errors.invalid(path, "", "at least one of allocationMultiplier or capacityKey must be set");
            return;
        }
        if (mapping.allocationMultiplier() != null
                && mapping.allocationMultiplier().amount().signum() <= 0) {
            String shown = mapping.allocationMultiplier().canonical();
            errors.invalid(path + ".allocationMultiplier", shown, "must be positive");
        }
        if (key != null && key.isEmpty()) {
            errors.invalid(path + ".capacityKey", "", "capacityKey must not be an empty string");
        } else if (key != null && !capacities.contains(key)) {
            errors.notFound(path + ".capacityKey", key);
        }
    }
}
