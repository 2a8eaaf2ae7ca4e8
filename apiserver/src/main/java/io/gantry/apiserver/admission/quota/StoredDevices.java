package io.gantry.apiserver.admission.quota;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.quota.DeviceObjects;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.deviceclass.DeviceClassKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.apiserver.objects.ObjectReader;
import java.util.List;
import java.util.Optional;

/// What this server has of devices.
record StoredDevices(ObjectReader reader) implements DeviceObjects {
    @Override
    public List<DeviceClass> classes() {
        return reader.readAll(DeviceClassKind.KIND, "");
    }

    @Override
    public Optional<Pod> pod(String namespace, String name) {
        return reader.read(PodKind.KIND, namespace, name);
    }

    @Override
    public List<ResourceClaim> claims(String namespace) {
        return reader.readAll(ResourceClaimKind.KIND, namespace);
    }
}
