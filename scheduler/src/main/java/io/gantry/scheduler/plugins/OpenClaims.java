package io.gantry.scheduler.plugins;

import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.DeviceSubRequest;
import io.gantry.api.resource.v1.resourceclaim.ExactDeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.util.List;
import java.util.Optional;

/// Whether claims without devices can be given some now, as far as no node is looked at.
///
/// @param cluster where their device classes are
record OpenClaims(ClusterView cluster) {
    /// What a claim asks for.
    static List<DeviceRequest> requests(ResourceClaim claim) {
        DeviceClaim devices = claim.spec().devices();
        return devices == null ? List.of() : devices.requests();
    }

    /// Why they cannot; empty where they can.
    Optional<String> problem(PodDeviceClaims claims) {
        for (ResourceClaim claim : claims.toAllocate()) {
            String name = PodDeviceClaims.fullName(claim);
            if (cluster.isBeingAllocated(claim)) {
                return Optional.of("resource claim " + name + " is in the process of being allocated");
            }
            for (DeviceRequest request : requests(claim)) {
                Optional<String> problem = problem(name, request);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(String claim, DeviceRequest request) {
        ExactDeviceRequest exactly = request.exactly();
        if (exactly != null) {
            return missing(request.name(), exactly.deviceClassName());
        }
        for (DeviceSubRequest each : request.firstAvailable()) {
            Optional<String> problem = missing(request.name() + "/" + each.name(), each.deviceClassName());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return request.firstAvailable().isEmpty()
                ? Optional.of("resource claim " + claim + ", request " + request.name() + ": unknown request type")
                : Optional.empty();
    }

    private Optional<String> missing(String request, String className) {
        return cluster.deviceClass(className).isPresent()
                ? Optional.empty()
                : Optional.of("request " + request + ": device class " + className + " does not exist");
    }
}
