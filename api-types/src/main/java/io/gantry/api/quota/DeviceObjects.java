package io.gantry.api.quota;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.util.List;
import java.util.Optional;

/// What quotas of devices go by beside the claim that is counted.
public interface DeviceObjects {
    /// Nothing is there.
    DeviceObjects NONE = new DeviceObjects() {
        @Override
        public List<DeviceClass> classes() {
            return List.of();
        }

        @Override
        public Optional<Pod> pod(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<ResourceClaim> claims(String namespace) {
            return List.of();
        }
    };

    List<DeviceClass> classes();

    Optional<Pod> pod(String namespace, String name);

    List<ResourceClaim> claims(String namespace);
}
