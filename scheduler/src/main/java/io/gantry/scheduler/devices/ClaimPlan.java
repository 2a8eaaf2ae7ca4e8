package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.util.ArrayList;
import java.util.List;

/// A claim on its way through a search: what it wants, and what was picked for it so far.
///
/// @param requests each as its alternatives
/// @param chosen for each request which alternative was picked
record ClaimPlan(
        ResourceClaim claim,
        List<List<Wanted>> requests,
        List<Constraint> constraints,
        List<Pick> picks,
        int[] chosen) {
    ClaimPlan(ResourceClaim claim, List<List<Wanted>> requests, List<Constraint> constraints) {
        this(claim, requests, constraints, new ArrayList<>(), new int[requests.size()]);
    }

    /// The alternative that was picked.
    Wanted chosen(int request) {
        return requests.get(request).get(chosen[request]);
    }

    boolean holds(DeviceId device) {
        return picks.stream().anyMatch(pick -> pick.device().id().equals(device));
    }
}
