package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.resource.v1.deviceclass.DeviceSelection;
import io.gantry.api.validation.Conditions;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.InterfaceAddresses;
import io.gantry.api.validation.Limited;
import io.gantry.api.validation.References;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An update of a claim's status (upstream `validateResourceClaimStatusUpdate`).
final class ClaimStatusValidation {
    private static final int MAX_CONSUMERS = 256;
    private static final int MAX_CONDITIONS = 8;
    private static final int MAX_DATA = 10 * 1024;
    private static final int MAX_ADDRESSES = 16;
    private static final int MAX_INTERFACE = 256;
    private static final int MAX_HARDWARE = 128;

    private final ResourceClaim claim;
    private final ResourceClaim old;
    private final FieldErrors errors;

    ClaimStatusValidation(ResourceClaim claim, ResourceClaim old, FieldErrors errors) {
        this.claim = claim;
        this.old = old;
        this.errors = errors;
    }

    void check() {
        ResourceClaimStatus status = claim.status();
        Limited.set(
                status.reservedFor(),
                MAX_CONSUMERS,
                ClaimStatusValidation::consumer,
                ResourceClaimConsumerReference::uid,
                "status.reservedFor",
                errors);
        Set<SharedDevice> allocated = allocated(status.allocation());
        Limited.list(
                status.devices(),
                Integer.MAX_VALUE,
                (one, path, found) -> device(one, allocated, path, found),
                "status.devices",
                errors);
        Limited.set(
                status.devices(),
                Integer.MAX_VALUE,
                (one, path, found) -> {},
                one -> device(one).shown(),
                "status.devices",
                errors);
        consumers();
        allocation();
    }

    private void consumers() {
        if (claim.status().reservedFor().isEmpty()) {
            return;
        }
        if (claim.status().allocation() == null) {
            errors.forbidden("status.reservedFor", "may not be specified when `allocated` is not set");
        } else if (claim.metadata().deletionTimestamp() != null
                && !Set.copyOf(old.status().reservedFor())
                        .containsAll(claim.status().reservedFor())) {
            errors.forbidden(
                    "status.reservedFor",
                    "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
        }
    }

    private void allocation() {
        AllocationResult now = claim.status().allocation();
        AllocationResult before = old.status().allocation();
        if (now != null && before != null) {
            Immutable.check(now, before, "status.allocation", errors);
        } else if (now != null) {
            new AllocationValidation(RequestNames.of(claim.spec().devices()), errors).check(now, "status.allocation");
        }
    }

    private static Set<SharedDevice> allocated(@Nullable AllocationResult allocation) {
        if (allocation == null || allocation.devices() == null) {
            return Set.of();
        }
        return allocation.devices().results().stream()
                .map(one -> SharedDevice.of(one.driver(), one.pool(), one.device(), one.shareID()))
                .collect(Collectors.toSet());
    }

    private static SharedDevice device(AllocatedDeviceStatus status) {
        return SharedDevice.of(status.driver(), status.pool(), status.device(), status.shareID());
    }

    private static void consumer(ResourceClaimConsumerReference consumer, String path, FieldErrors errors) {
        References.required(consumer.resource(), path + ".resource", errors);
        References.required(consumer.name(), path + ".name", errors);
        References.required(consumer.uid(), path + ".uid", errors);
    }

    private static void device(
            AllocatedDeviceStatus status, Set<SharedDevice> allocated, String path, FieldErrors errors) {
        DeviceNames.driver(status.driver(), path + ".driver", errors);
        DeviceNames.pool(status.pool(), path + ".pool", errors);
        DeviceNames.label(status.device(), path + ".device", errors);
        if (status.shareID() != null) {
            DeviceNames.uid(status.shareID(), path + ".shareID", errors);
        }
        if (!allocated.contains(device(status))) {
            errors.invalid(path, device(status).shown(), "must be an allocated device in the claim");
        }
        if (status.conditions().size() > MAX_CONDITIONS) {
            errors.tooMany(path + ".conditions", status.conditions().size(), MAX_CONDITIONS);
        }
        Conditions.check(status.conditions(), path + ".conditions", errors);
        if (status.data() != null && !status.data().isNull()) {
            DeviceSelection.raw(status.data(), false, MAX_DATA, path + ".data", errors);
        }
        if (status.networkData() != null) {
            network(status.networkData(), path + ".networkData", errors);
        }
    }

    private static void network(NetworkDeviceData data, String path, FieldErrors errors) {
        atMost(data.interfaceName(), MAX_INTERFACE, path + ".interfaceName", errors);
        atMost(data.hardwareAddress(), MAX_HARDWARE, path + ".hardwareAddress", errors);
        Limited.set(data.ips(), MAX_ADDRESSES, InterfaceAddresses::check, Function.identity(), path + ".ips", errors);
    }

    private static void atMost(@Nullable String text, int max, String path, FieldErrors errors) {
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > max) {
            errors.tooLong(path, max);
        }
    }
}
