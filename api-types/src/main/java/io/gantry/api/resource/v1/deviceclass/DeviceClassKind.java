package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `DeviceClass` kind of `resource.k8s.io/v1` to the API server and to clients.
public final class DeviceClassKind implements KindDefinition<DeviceClass> {
    public static final Kind<DeviceClass> KIND = new Kind<>(
            DeviceClass.class, "resource.k8s.io", "v1", "DeviceClass", "deviceclasses", false, List.of(), List.of());

    @Override
    public Kind<DeviceClass> kind() {
        return KIND;
    }

    @Override
    public KindRules<DeviceClass> rules() {
        return new DeviceClassRules();
    }
}
