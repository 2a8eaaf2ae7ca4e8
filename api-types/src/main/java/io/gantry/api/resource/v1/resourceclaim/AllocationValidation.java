package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.core.v1.pod.SchedulingValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.resource.v1.deviceclass.DeviceSelection;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Limited;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a claim is given when it is allocated (upstream `validateAllocationResult`).
final class AllocationValidation {
    private static final int MAX_RESULTS = 32;
    private static final int MAX_CONFIGURATIONS = 64;
    private static final int MAX_CONDITIONS = 4;
    private static final List<String> SOURCES = List.of("FromClaim", "FromClass");

    private final RequestNames names;
    private final FieldErrors errors;

    AllocationValidation(RequestNames names, FieldErrors errors) {
        this.names = names;
        this.errors = errors;
    }

    void check(AllocationResult allocation, String path) {
        DeviceAllocationResult devices = allocation.devices();
        if (devices != null) {
            Limited.list(
                    devices.results(),
                    MAX_RESULTS,
                    (one, at, found) -> result(one, at),
                    path + ".devices.results",
                    errors);
            Limited.list(
                    devices.config(),
                    MAX_CONFIGURATIONS,
                    (one, at, found) -> configuration(one, at),
                    path + ".devices.config",
                    errors);
        }
        if (allocation.nodeSelector() != null) {
            SchedulingValidation.nodeSelector(allocation.nodeSelector(), path + ".nodeSelector", errors);
        }
    }

    private void result(DeviceRequestAllocationResult result, String path) {
        names.reference(result.request(), path + ".request", errors);
        DeviceNames.driver(result.driver(), path + ".driver", errors);
        DeviceNames.pool(result.pool(), path + ".pool", errors);
        DeviceNames.label(result.device(), path + ".device", errors);
        bindingConditions(result.bindingConditions(), result.bindingFailureConditions(), path);
        if (result.shareID() != null) {
            DeviceNames.uid(result.shareID(), path + ".shareID", errors);
        }
    }

    private void bindingConditions(List<String> good, List<String> bad, String path) {
        String goodPath = path + ".bindingConditions";
        String badPath = path + ".bindingFailureConditions";
        Limited.list(good, MAX_CONDITIONS, LabelValidation::labelName, goodPath, errors);
        Limited.list(bad, MAX_CONDITIONS, LabelValidation::labelName, badPath, errors);
        Set<String> ready = new HashSet<>();
        for (int i = 0; i < good.size(); i++) {
            if (!ready.add(good.get(i))) {
                errors.duplicate(goodPath + "[" + i + "]", good.get(i));
            }
        }
        Set<String> failed = new HashSet<>();
        for (int i = 0; i < bad.size(); i++) {
            if (!failed.add(bad.get(i))) {
                errors.duplicate(badPath + "[" + i + "]", bad.get(i));
            }
            if (ready.contains(bad.get(i))) {
                errors.invalid(
                        badPath + "[" + i + "]",
                        bad.get(i),
                        "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        if (good.isEmpty() && !bad.isEmpty()) {
            errors.invalid(goodPath, null, "bindingConditions are required to use bindingFailureConditions");
        }
        if (bad.isEmpty() && !good.isEmpty()) {
            errors.invalid(badPath, null, "bindingFailureConditions are required to use bindingConditions");
        }
    }

    private void configuration(DeviceAllocationConfiguration configuration, String path) {
        String source = configuration.source();
        if (source == null || source.isEmpty()) {
            errors.required(path + ".source", "");
        } else if (!SOURCES.contains(source)) {
            errors.notSupported(path + ".source", source, SOURCES);
        }
        DeviceClaimValidation.references(configuration.requests(), names, path, errors);
        DeviceSelection.configuration(configuration.opaque(), false, path, errors);
    }
}
