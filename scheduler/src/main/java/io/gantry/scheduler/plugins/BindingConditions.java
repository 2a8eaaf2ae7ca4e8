package io.gantry.scheduler.plugins;

import io.gantry.api.meta.v1.Condition;
import io.gantry.api.resource.v1.resourceclaim.AllocatedDeviceStatus;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether the devices of a claim are ready, as drivers say in conditions of its status (KEP-5007).
final class BindingConditions {
    private BindingConditions() {}

    /// What is to be thought of a claim that has devices.
    sealed interface State {
        State READY = new Ready();
        State PENDING = new Pending();

        record Ready() implements State {}

        record Pending() implements State {}

        /// One of them will not be.
        record Failed(String message) implements State {}
    }

    /// Whether devices of the claim have to be waited for at all.
    static boolean any(ResourceClaim claim) {
        return results(claim).stream()
                .anyMatch(result -> !result.bindingConditions().isEmpty());
    }

    static State of(ResourceClaim claim) {
        for (DeviceRequestAllocationResult result : results(claim)) {
            if (result.bindingConditions().isEmpty()) {
                continue;
            }
            Optional<AllocatedDeviceStatus> status = claim.status().devices().stream()
                    .filter(device -> isOf(device, result))
                    .findFirst();
            if (status.isEmpty()) {
                return State.PENDING;
            }
            List<Condition> conditions = status.get().conditions();
            Optional<Condition> failed = conditions.stream()
                    .filter(each ->
                            isTrue(each) && result.bindingFailureConditions().contains(each.type()))
                    .findFirst();
            if (failed.isPresent()) {
                return new State.Failed("device binding failed: claim="
                        + claim.metadata().name() + ", reason=" + failed.get().reason() + ", message=\""
                        + failed.get().message() + "\"");
            }
            if (!result.bindingConditions().stream()
                    .allMatch(type -> conditions.stream()
                            .anyMatch(each -> isTrue(each) && each.type().equals(type)))) {
                return State.PENDING;
            }
        }
        return State.READY;
    }

    /// Whether the devices took too long.
    static boolean late(ResourceClaim claim, Duration limit, Instant now) {
        AllocationResult allocation = claim.status().allocation();
        Instant allocated = allocation == null ? null : allocation.allocationTimestamp();
        return allocated != null && any(claim) && allocated.plus(limit).isBefore(now);
    }

    private static List<DeviceRequestAllocationResult> results(ResourceClaim claim) {
        AllocationResult allocation = claim.status().allocation();
        DeviceAllocationResult devices = allocation == null ? null : allocation.devices();
        return devices == null ? List.of() : devices.results();
    }

    private static boolean isOf(AllocatedDeviceStatus status, DeviceRequestAllocationResult result) {
        return status.device().equals(result.device())
                && status.driver().equals(result.driver())
                && status.pool().equals(result.pool());
    }

    private static boolean isTrue(Condition condition) {
        return "True".equals(condition.status());
    }
}
