package io.gantry.controllermanager.devicetainteviction;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceToleration;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.PodClaims.Reference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.DeviceTaint;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// When a pod has to go because of its devices' taints (upstream `claimEvictionTime` and `podEvictionTime` of
/// `pkg/controller/devicetainteviction`). Pure.
final class DeviceEvictionPlan {
    private static final String NO_EXECUTE = "NoExecute";

    /// What is known of claims and devices.
    interface View {
        Optional<ResourceClaim> claim(String name);

        /// All slices of a pool, also those of older generations.
        List<ResourceSlice> pool(String driver, String pool);
    }

    private final View view;

    private DeviceEvictionPlan(View view) {
        this.view = view;
    }

    /// Empty for a pod that stays.
    static Optional<Instant> of(Pod pod, View view) {
        if (!Pods.isAssigned(pod)) {
            return Optional.empty();
        }
        DeviceEvictionPlan plan = new DeviceEvictionPlan(view);
        return pod.spec().resourceClaims().stream()
                .flatMap(entry -> plan.claim(pod, entry).stream())
                .flatMap(plan::deadlines)
                .min(Comparator.naturalOrder());
    }

    /// The claim of an entry, if this very pod may use it.
    private Optional<ResourceClaim> claim(Pod pod, PodResourceClaim entry) {
        return PodClaims.of(pod, entry) instanceof Reference.Named named
                ? view.claim(named.name())
                        .filter(claim -> !named.generated() || PodClaims.isFor(pod, claim))
                        .filter(claim -> PodClaims.isReservedFor(pod, claim))
                : Optional.empty();
    }

    private Stream<Instant> deadlines(ResourceClaim claim) {
        return devices(claim).stream()
                .flatMap(allocated -> taints(allocated).flatMap(taint -> deadline(taint, allocated.tolerations())));
    }

    static List<DeviceRequestAllocationResult> devices(ResourceClaim claim) {
        AllocationResult allocation = claim.status().allocation();
        return allocation == null || allocation.devices() == null
                ? List.of()
                : allocation.devices().results();
    }

    /// Those of the device as the newest generation of its pool has it.
    private Stream<DeviceTaint> taints(DeviceRequestAllocationResult allocated) {
        List<ResourceSlice> slices = view.pool(allocated.driver(), allocated.pool());
        long newest =
                slices.stream().mapToLong(DeviceEvictionPlan::generation).max().orElse(0);
        return slices.stream()
                .filter(slice -> generation(slice) == newest)
                .flatMap(slice -> slice.spec().devices().stream())
                .filter(device -> device.name().equals(allocated.device()))
                .limit(1)
                .flatMap(device -> evicting(device));
    }

    static Stream<DeviceTaint> evicting(Device device) {
        return device.taints().stream().filter(taint -> taint.effect().equals(NO_EXECUTE));
    }

    private static long generation(ResourceSlice slice) {
        return slice.spec().pool() == null ? 0 : number(slice.spec().pool().generation());
    }

    /// None when it is tolerated for ever; of several tolerations for a time the shortest counts.
    private static Stream<Instant> deadline(DeviceTaint taint, List<DeviceToleration> tolerations) {
        List<DeviceToleration> matching = tolerations.stream()
                .filter(toleration -> NO_EXECUTE.equals(toleration.effect()) && tolerates(toleration, taint))
                .toList();
        if (matching.stream().anyMatch(toleration -> toleration.tolerationSeconds() == null)) {
            return Stream.empty();
        }
        long seconds = matching.stream()
                .mapToLong(toleration -> Math.max(0, number(toleration.tolerationSeconds())))
                .min()
                .orElse(0);
        return Stream.of(time(taint.timeAdded()).plusSeconds(seconds));
    }

    private static boolean tolerates(DeviceToleration toleration, DeviceTaint taint) {
        String key = text(toleration.key());
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (text(toleration.operator())) {
            case "", "Equal" -> text(toleration.value()).equals(text(taint.value()));
            case "Exists" -> true;
            default -> false;
        };
    }
}
