package io.gantry.scheduler.plugins;

import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import java.util.List;
import java.util.Optional;

/// What plugins read of devices and of claims to them: cached, never a call to the API server.
public interface DeviceView {
    /// The claim, with what this scheduler wrote to it itself.
    Optional<ResourceClaim> deviceClaim(String namespace, String name);

    /// Whether devices were chosen for the claim that its status does not have yet.
    boolean isBeingAllocated(ResourceClaim claim);

    /// The devices of all claims, written and about to be.
    List<DeviceRequestAllocationResult> allocatedDevices();

    List<ResourceSlice> resourceSlices();

    Optional<DeviceClass> deviceClass(String name);

    List<DeviceClass> deviceClasses();

    /// The claim that was made for the extended resources of the pod with this UID.
    Optional<ResourceClaim> extendedClaim(String podUid);
}
