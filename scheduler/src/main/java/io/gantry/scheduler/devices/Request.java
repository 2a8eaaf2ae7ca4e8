package io.gantry.scheduler.devices;

import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.deviceclass.DeviceSelector;
import io.gantry.api.resource.v1.resourceclaim.CapacityRequirements;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.DeviceSubRequest;
import io.gantry.api.resource.v1.resourceclaim.DeviceToleration;
import io.gantry.api.resource.v1.resourceclaim.ExactDeviceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is asked for: a request, or one of the alternatives of a request.
///
/// @param parent the request that it is an alternative of; empty when it is none
/// @param mode `ExactCount` or `All`
/// @param capacities how much of which capacity of a shared device
record Request(
        String name,
        String parent,
        String className,
        List<DeviceSelector> selectors,
        String mode,
        long count,
        boolean admin,
        List<DeviceToleration> tolerations,
        Map<String, Quantity> capacities) {
    private static final String EXACT_COUNT = "ExactCount";
    private static final String ALL = "All";

    /// A request as its alternatives, the first the best; one that has none is its own.
    ///
    /// @throws AllocationException when it is of no known form
    static List<Request> alternatives(String claim, DeviceRequest request) {
        ExactDeviceRequest exactly = request.exactly();
        if (exactly != null) {
            return List.of(new Request(
                    request.name(),
                    "",
                    exactly.deviceClassName(),
                    exactly.selectors(),
                    mode(exactly.allocationMode()),
                    count(exactly.count()),
                    Boolean.TRUE.equals(exactly.adminAccess()),
                    exactly.tolerations(),
                    amounts(exactly.capacity())));
        }
        if (request.firstAvailable().isEmpty()) {
            throw new AllocationException("claim " + claim + ", request " + request.name() + ": unknown request type");
        }
        List<Request> alternatives = new ArrayList<>();
        for (DeviceSubRequest each : request.firstAvailable()) {
            alternatives.add(new Request(
                    each.name(),
                    request.name(),
                    each.deviceClassName(),
                    each.selectors(),
                    mode(each.allocationMode()),
                    count(each.count()),
                    false,
                    each.tolerations(),
                    amounts(each.capacity())));
        }
        return alternatives;
    }

    private static String mode(@Nullable String mode) {
        return Objects.requireNonNullElse(mode, EXACT_COUNT);
    }

    private static long count(@Nullable Long count) {
        return Objects.requireNonNullElse(count, 1L);
    }

    private static Map<String, Quantity> amounts(@Nullable CapacityRequirements capacity) {
        return capacity == null ? Map.of() : capacity.requests();
    }

    boolean wantsAll() {
        return mode.equals(ALL);
    }

    boolean wantsNumber() {
        return mode.equals(EXACT_COUNT);
    }

    /// The name of the claim's request.
    String base() {
        return parent.isEmpty() ? name : parent;
    }

    /// As results name it: `request` or `request/alternative`.
    String fullName() {
        return parent.isEmpty() ? name : parent + "/" + name;
    }

    /// Whether it is among these, which may name the request or one alternative of it; an empty list means all.
    boolean isNamedIn(List<String> requests) {
        return requests.isEmpty() || requests.contains(base()) || requests.contains(fullName());
    }
}
