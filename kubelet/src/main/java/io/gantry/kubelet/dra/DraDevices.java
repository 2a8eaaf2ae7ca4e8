package io.gantry.kubelet.dra;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.core.v1.pod.ResourceHealth;
import io.gantry.api.core.v1.pod.ResourceStatus;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.PodClaims.Reference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.ObjectKey;
import io.gantry.kubelet.dra.v1.Claim;
import io.gantry.kubelet.dra.v1.Device;
import io.gantry.kubelet.dra.v1.NodePrepareResourceResponse;
import io.gantry.kubelet.dra.v1.NodePrepareResourcesResponse;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourceResponse;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourcesResponse;
import io.gantry.kubelet.pod.DevicesFailure;
import io.gantry.kubelet.pod.PodDevices;
import io.gantry.kubelet.podresources.v1.CDIDevice;
import io.gantry.kubelet.podresources.v1.ClaimResource;
import io.gantry.kubelet.podresources.v1.DynamicResource;
import io.gantry.kubelet.runtime.ContainerDevices;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// Has drivers prepare the claims of pods and take them back (upstream `pkg/kubelet/cm/dra/manager.go`, with its
/// words).
/// What is checked first changes nothing: a pod that never got its claims ends without their drivers.
final class DraDevices implements PodDevices {
    private final DraDrivers drivers;
    private final HeldClaims held;
    private final DeviceHealths healths;
    private final BiFunction<String, String, Optional<ResourceClaim>> claims;
    private final ClaimLocks locks = new ClaimLocks();

    /// @param claims reads a claim of a namespace from the API server
    DraDevices(
            DraDrivers drivers,
            HeldClaims held,
            DeviceHealths healths,
            BiFunction<String, String, Optional<ResourceClaim>> claims) {
        this.drivers = drivers;
        this.held = held;
        this.healths = healths;
        this.claims = claims;
    }

    @Override
    public void admit(Pod pod, Set<String> begun) {
        // Claims are waited for, not refused.
    }

    @Override
    public void prepare(Pod pod) {
        if (!PodClaims.hasAny(pod)) {
            return;
        }
        try {
            List<HeldClaim> wanted = new ArrayList<>();
            for (String name : names(pod)) {
                wanted.add(checked(pod, name));
            }
            wanted.forEach(claim -> claim.devices().keySet().forEach(drivers::get));
            locks.holding(keys(wanted), () -> prepare(pod, wanted));
        } catch (DevicesFailure failure) {
            throw new DevicesFailure("prepare dynamic resources: " + failure.getMessage(), failure);
        }
    }

    private static List<String> names(Pod pod) {
        for (PodResourceClaim entry : pod.spec().resourceClaims()) {
            if (PodClaims.of(pod, entry) instanceof Reference.NotMade) {
                throw new DevicesFailure("pod \"" + PodIdentity.of(pod).namespace() + "/"
                        + PodIdentity.of(pod).name() + "\": ResourceClaim not created yet");
            }
        }
        return PodClaims.names(pod);
    }

    /// The claim as it is to be held, if the pod may use it.
    private HeldClaim checked(Pod pod, String name) {
        PodIdentity id = PodIdentity.of(pod);
        ResourceClaim claim = fetch(id.namespace(), name);
        boolean generated = pod.spec().resourceClaims().stream()
                .anyMatch(entry -> PodClaims.of(pod, entry) instanceof Reference.Named named
                        && named.generated()
                        && named.name().equals(name));
        if (generated && !PodClaims.isFor(pod, claim)) {
            throw new DevicesFailure("ResourceClaim " + ObjectKey.of(claim) + " was not created for Pod "
                    + id.namespace() + "/" + id.name() + " (Pod is not owner)");
        }
        if (!PodClaims.isReservedFor(pod, claim)) {
            throw new DevicesFailure("pod " + id.name() + " (" + id.uid() + ") is not allowed to use ResourceClaim "
                    + name + " (" + claim.metadata().uid() + ")");
        }
        AllocationResult allocation = claim.status().allocation();
        if (allocation == null) {
            throw new DevicesFailure("ResourceClaim " + name + ": not allocated");
        }
        Set<String> names = new TreeSet<>();
        if (allocation.devices() != null) {
            allocation.devices().results().forEach(result -> names.add(result.driver()));
        }
        return HeldClaim.fresh(
                ObjectKey.of(claim), String.valueOf(claim.metadata().uid()), names);
    }

    private ResourceClaim fetch(String namespace, String name) {
        try {
            return claims.apply(namespace, name)
                    .orElseThrow(() -> new DevicesFailure("fetch ResourceClaim " + name
                            + ": resourceclaims.resource.k8s.io \"" + name + "\" not found"));
        } catch (StatusException failure) {
            throw new DevicesFailure("fetch ResourceClaim " + name + ": " + failure.getMessage(), failure);
        }
    }

    private void prepare(Pod pod, List<HeldClaim> wanted) {
        SortedMap<String, List<HeldClaim>> batches = new TreeMap<>();
        Map<ObjectKey, Map<String, List<PreparedDevice>>> devices = new LinkedHashMap<>();
        for (HeldClaim claim : wanted) {
            HeldClaim now = held.hold(claim, PodIdentity.of(pod).uid());
            if (!held.isPrepared(now.key())) {
                devices.put(now.key(), new TreeMap<>());
                now.devices()
                        .keySet()
                        .forEach(driver -> batches.computeIfAbsent(driver, fresh -> new ArrayList<>())
                                .add(now));
            }
        }
        batches.forEach((driver, batch) -> {
            NodePrepareResourcesResponse answer = drivers.get(driver).prepare(requests(batch));
            for (HeldClaim claim : batch) {
                NodePrepareResourceResponse prepared =
                        answer.getClaimsOrDefault(claim.uid(), NodePrepareResourceResponse.getDefaultInstance());
                check("NodePrepareResources", claim, answer.containsClaims(claim.uid()), prepared.getError());
                devices.getOrDefault(claim.key(), new TreeMap<>()).put(driver, devices(prepared));
            }
        });
        devices.forEach(held::prepared);
    }

    private static void check(String call, HeldClaim claim, boolean answered, String error) {
        if (!answered) {
            throw new DevicesFailure(call + " skipped ResourceClaim " + claim.name());
        }
        if (!error.isEmpty()) {
            throw new DevicesFailure(call + " failed for ResourceClaim " + claim.name() + ": " + error);
        }
    }

    private static List<PreparedDevice> devices(NodePrepareResourceResponse prepared) {
        return prepared.getDevicesList().stream().map(DraDevices::device).toList();
    }

    private static PreparedDevice device(Device device) {
        return new PreparedDevice(
                device.getPoolName(),
                device.getDeviceName(),
                device.getShareId(),
                device.getRequestNamesList(),
                device.getCdiDeviceIdsList());
    }

    private static List<Claim> requests(List<HeldClaim> batch) {
        return batch.stream()
                .map(claim -> Claim.newBuilder()
                        .setNamespace(claim.namespace())
                        .setName(claim.name())
                        .setUid(claim.uid())
                        .build())
                .toList();
    }

    private static List<ObjectKey> keys(Collection<HeldClaim> claims) {
        return claims.stream().map(HeldClaim::key).toList();
    }

    @Override
    public ContainerDevices of(Pod pod, Container container) {
        Set<String> names = new LinkedHashSet<>();
        String namespace = PodIdentity.of(pod).namespace();
        for (ContainerClaims.Use use : ContainerClaims.of(pod, container)) {
            HeldClaim claim = held.find(new ObjectKey(namespace, use.claim()))
                    .orElseThrow(() -> new DevicesFailure("internal error: unable to get claim info for ResourceClaim "
                            + use.claim() + " in namespace " + namespace));
            claim.devices().values().stream()
                    .flatMap(List::stream)
                    .filter(device -> device.isFor(use.request()))
                    .forEach(device -> names.addAll(device.cdiNames()));
        }
        return ContainerDevices.named(List.copyOf(names));
    }

    @Override
    public void unprepare(String podUid) {
        List<ObjectKey> keys = keys(held.of(podUid));
        if (keys.isEmpty()) {
            return;
        }
        try {
            locks.holding(keys, () -> release(podUid));
        } catch (DevicesFailure failure) {
            throw new DevicesFailure("unprepare dynamic resources: " + failure.getMessage(), failure);
        }
    }

    private void release(String podUid) {
        List<HeldClaim> last = new ArrayList<>();
        for (HeldClaim claim : held.of(podUid)) {
            if (claim.pods().size() > 1) {
                held.release(claim.key(), podUid);
            } else {
                last.add(claim);
            }
        }
        SortedMap<String, List<HeldClaim>> batches = new TreeMap<>();
        last.forEach(claim -> claim.devices()
                .keySet()
                .forEach(driver -> batches.computeIfAbsent(driver, fresh -> new ArrayList<>())
                        .add(claim)));
        batches.forEach((driver, batch) -> {
            NodeUnprepareResourcesResponse answer = drivers.get(driver).unprepare(requests(batch));
            batch.forEach(claim -> check(
                    "NodeUnprepareResources",
                    claim,
                    answer.containsClaims(claim.uid()),
                    answer.getClaimsOrDefault(claim.uid(), NodeUnprepareResourceResponse.getDefaultInstance())
                            .getError()));
        });
        held.drop(keys(last));
    }

    /// What a container has by claims, for those who ask for it; claims that are not ready are left out.
    List<DynamicResource> resources(Pod pod, Container container) {
        String namespace = PodIdentity.of(pod).namespace();
        return ContainerClaims.of(pod, container).stream()
                .map(ContainerClaims.Use::claim)
                .distinct()
                .flatMap(name -> held.find(new ObjectKey(namespace, name)).stream())
                .map(DraDevices::resource)
                .toList();
    }

    private static DynamicResource resource(HeldClaim claim) {
        DynamicResource.Builder resource = DynamicResource.newBuilder()
                .setClaimNamespace(claim.namespace())
                .setClaimName(claim.name());
        claim.devices()
                .forEach((driver, devices) -> devices.forEach(device -> {
                    ClaimResource.Builder one = ClaimResource.newBuilder()
                            .setDriverName(driver)
                            .setPoolName(device.pool())
                            .setDeviceName(device.device());
                    device.cdiNames()
                            .forEach(name ->
                                    one.addCdiDevices(CDIDevice.newBuilder().setName(name)));
                    if (!device.shareId().isEmpty()) {
                        one.setShareId(device.shareId());
                    }
                    resource.addClaimResources(one);
                }));
        return resource.build();
    }

    @Override
    public List<ResourceStatus> health(Pod pod, Container container) {
        Map<String, Map<String, ResourceHealth>> byLabel = new LinkedHashMap<>();
        String namespace = PodIdentity.of(pod).namespace();
        for (ContainerClaims.Use use : ContainerClaims.of(pod, container)) {
            held.find(new ObjectKey(namespace, use.claim()))
                    .filter(claim -> !use.label().isEmpty())
                    .ifPresent(claim -> add(claim, use, byLabel));
        }
        List<ResourceStatus> statuses = new ArrayList<>();
        byLabel.forEach((label, devices) -> statuses.add(new ResourceStatus(label, List.copyOf(devices.values()))));
        return statuses;
    }

    private void add(HeldClaim claim, ContainerClaims.Use use, Map<String, Map<String, ResourceHealth>> byLabel) {
        claim.devices()
                .forEach((driver, devices) -> devices.stream()
                        .filter(device -> device.isFor(use.request()))
                        .forEach(device -> {
                            ResourceHealth health = health(driver, device);
                            byLabel.computeIfAbsent(use.label(), fresh -> new LinkedHashMap<>())
                                    .putIfAbsent(health.resourceID(), health);
                        }));
    }

    private ResourceHealth health(String driver, PreparedDevice device) {
        DeviceHealths.Health health = healths.of(driver, new DeviceHealths.Name(device.pool(), device.device()));
        String id = device.cdiNames().isEmpty()
                ? driver + "/" + device.pool() + "/" + device.device()
                : device.cdiNames().getFirst();
        return new ResourceHealth(id, health.health(), health.message().isEmpty() ? null : health.message());
    }
}
