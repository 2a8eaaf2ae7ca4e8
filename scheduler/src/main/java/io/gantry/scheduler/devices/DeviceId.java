package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;

/// One device of the cluster.
public record DeviceId(String driver, String pool, String device) {
    /// The device of a result.
    public static DeviceId of(DeviceRequestAllocationResult result) {
        return new DeviceId(result.driver(), result.pool(), result.device());
    }

    @Override
    public String toString() {
        return driver + "/" + pool + "/" + device;
    }
}
