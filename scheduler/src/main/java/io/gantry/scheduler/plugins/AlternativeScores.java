package io.gantry.scheduler.plugins;

import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How good the alternatives are that claims would get (KEP-4816, upstream `computeScore`).
final class AlternativeScores {
    private static final int MAX_ALTERNATIVES = 8;

    private AlternativeScores() {}

    /// Whether a claim has alternatives.
    static boolean matters(ResourceClaim claim) {
        return requests(claim).stream()
                .anyMatch(request -> !request.firstAvailable().isEmpty());
    }

    private static List<DeviceRequest> requests(ResourceClaim claim) {
        DeviceClaim devices = claim.spec().devices();
        return devices == null ? List.of() : devices.requests();
    }

    /// @param results one for each claim
    static long of(List<ResourceClaim> claims, List<AllocationResult> results) {
        long score = 0;
        for (int i = 0; i < claims.size(); i++) {
            Set<String> given = given(results.get(i));
            for (DeviceRequest request : requests(claims.get(i))) {
                for (int at = 0; at < request.firstAvailable().size(); at++) {
                    String name = request.name() + "/"
                            + request.firstAvailable().get(at).name();
                    score += given.contains(name) ? MAX_ALTERNATIVES - at : 0;
                }
            }
        }
        return score;
    }

    private static Set<String> given(AllocationResult result) {
        DeviceAllocationResult devices = result.devices();
        return devices == null
                ? Set.of()
                : devices.results().stream().map(each -> each.request()).collect(Collectors.toSet());
    }
}
