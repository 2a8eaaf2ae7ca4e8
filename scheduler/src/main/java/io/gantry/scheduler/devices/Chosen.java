package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;

/// A device with where it is.
record Chosen(DeviceId id, Device device, ResourceSlice slice, DevicePool pool) {
    static Chosen of(DevicePool pool, ResourceSlice slice, Device device) {
        DeviceId id = new DeviceId(pool.id().driver(), pool.id().pool(), device.name());
        return new Chosen(id, device, slice, pool);
    }

    boolean isShared() {
        return Boolean.TRUE.equals(device.allowMultipleAllocations());
    }
}
