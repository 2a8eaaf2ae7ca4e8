package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// ResourceClaims (upstream `pkg/registry/resource/resourceclaim` and `pkg/apis/resource`).
final class ResourceClaimRules implements KindRules<ResourceClaim> {
    @Override
    public void defaults(ObjectNode object) {
        DeviceRequestDefaults.of(object.path("spec"));
    }

    @Override
    public void validateCreate(ResourceClaim object, FieldErrors errors) {
        DeviceClaimValidation.spec(object.spec(), "spec", errors);
    }

    @Override
    public void validateUpdate(ResourceClaim object, ResourceClaim old, FieldErrors errors) {
        Immutable.check(object.spec(), DeviceRequestDefaults.filledIn(old.spec()), "spec", errors);
    }

    /// Nothing is said any more of devices that the claim no longer has, for clients that do not know of it.
    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        if (!(object.path("status").path("devices") instanceof ArrayNode devices)) {
            return;
        }
        Set<SharedDevice> gone = allocated(old);
        gone.removeAll(allocated(object));
        devices.removeIf(device -> gone.contains(SharedDevice.of(device)));
        if (devices.isEmpty() && object.path("status") instanceof ObjectNode status) {
            status.remove("devices");
        }
    }

    private static Set<SharedDevice> allocated(JsonNode claim) {
        return claim.path("status")
                .path("allocation")
                .path("devices")
                .path("results")
                .valueStream()
                .map(SharedDevice::of)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(ResourceClaim object, ResourceClaim old, FieldErrors errors) {
        new ClaimStatusValidation(object, old, errors).check();
    }
}
