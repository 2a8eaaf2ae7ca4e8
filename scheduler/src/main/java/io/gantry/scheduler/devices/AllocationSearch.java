package io.gantry.scheduler.devices;

import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.resourceclaim.DeviceToleration;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.DeviceTaint;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tries one device after the other for each request of each claim, goes back where it cannot go on, and
/// ends with the first way that has all (upstream `allocateOne`). Used once.
final class AllocationSearch {
    private final List<DevicePool> pools;
    private final List<ClaimPlan> plans;
    private final DevicesInUse inUse;
    private final Fit fit;
    private final Supplier<String> shareIds;
    private final Counters counters;
    private final Set<DeviceId> taken = new HashSet<>();
    private final Map<DeviceId, List<Pick>> shares = new HashMap<>();

    /// Whether class and request mean a device that can be used on the node.
    interface Fit {
        boolean test(ResourceClaim claim, Wanted wanted, Chosen device);
    }

    /// How far it is: in which claim, request and alternative, at which of its devices.
    private record At(int claim, int request, int alternative, int device) {
        At nextDevice() {
            return new At(claim, request, alternative, device + 1);
        }
    }

    /// Where the look at the pools goes on.
    private record Place(int pool, int slice, int device) {
        static final Place START = new Place(0, 0, 0);
    }

    /// What came of a step: all is there, it cannot be done this way, or it would be more devices than a claim may
    /// have.
    private enum Step {
        DONE,
        STUCK,
        TOO_MANY
    }

    AllocationSearch(
            List<DevicePool> pools, List<ClaimPlan> plans, DevicesInUse inUse, Fit fit, Supplier<String> shareIds) {
        this.pools = pools;
        this.plans = plans;
        this.inUse = inUse;
        this.fit = fit;
        this.shareIds = shareIds;
        this.counters = new Counters(inUse);
    }

    /// Whether there is a way; then the plans hold it.
    boolean succeeds() {
        return claim(0) == Step.DONE;
    }

    private Step claim(int claim) {
        return claim == plans.size() ? Step.DONE : request(claim, 0);
    }

    private Step request(int claim, int request) {
        ClaimPlan plan = plans.get(claim);
        if (request == plan.requests().size()) {
            return claim(claim + 1) == Step.DONE ? Step.DONE : Step.STUCK;
        }
        boolean onlyTooMany = true;
        for (int i = 0; i < plan.requests().get(request).size(); i++) {
            plan.chosen()[request] = i;
            Step step = devices(new At(claim, request, i, 0), Place.START);
            if (step == Step.DONE) {
                return step;
            }
            onlyTooMany &= step == Step.TOO_MANY;
        }
        return onlyTooMany ? Step.TOO_MANY : Step.STUCK;
    }

    private Step devices(At at, Place start) {
        ClaimPlan plan = plans.get(at.claim);
        Wanted wanted = plan.requests().get(at.request).get(at.alternative);
        if (wanted.request().wantsAll() && wanted.all().isEmpty()) {
            return Step.STUCK;
        }
        if (at.device >= wanted.number()) {
            return request(at.claim, at.request + 1);
        }
        if (plan.picks().size() + wanted.number() - at.device > DeviceAllocator.MAX_RESULTS) {
            return Step.TOO_MANY;
        }
        return wanted.request().wantsAll() ? oneOfAll(at, plan, wanted) : oneOfMany(at, plan, wanted, start);
    }

    /// All are wanted, and each once: there is nothing else to try.
    private Step oneOfAll(At at, ClaimPlan plan, Wanted wanted) {
        Chosen device = wanted.all().get(at.device);
        return isFree(plan, wanted.request(), device)
                ? with(plan, wanted, device, () -> devices(at.nextDevice(), Place.START))
                : Step.STUCK;
    }

    private Step oneOfMany(At at, ClaimPlan plan, Wanted wanted, Place start) {
        for (int p = start.pool; p < pools.size(); p++) {
            DevicePool pool = pools.get(p);
            for (int s = p == start.pool ? start.slice : 0; s < pool.slices().size(); s++) {
                ResourceSlice slice = pool.slices().get(s);
                int first = p == start.pool && s == start.slice ? start.device : 0;
                for (int d = first; d < slice.spec().devices().size(); d++) {
                    Chosen device =
                            Chosen.of(pool, slice, slice.spec().devices().get(d));
                    Place next = new Place(p, s, d + 1);
                    Step step = isFree(plan, wanted.request(), device) && fit.test(plan.claim(), wanted, device)
                            ? with(plan, wanted, device, () -> devices(at.nextDevice(), next))
                            : Step.STUCK;
                    if (step != Step.STUCK) {
                        return step;
                    }
                }
            }
        }
        return Step.STUCK;
    }

    /// Goes on with the device, and gives it back when that leads nowhere.
    private Step with(ClaimPlan plan, Wanted wanted, Chosen device, Supplier<Step> further) {
        Request request = wanted.request();
        Map<String, Quantity> held = held(device);
        if (isKeptAway(request, device)
                || !Capacities.suffice(request.capacities(), device.device().capacity(), held)) {
            return Step.STUCK;
        }
        boolean counts = !device.device().consumesCounters().isEmpty() && !isShareOfUsed(device);
        if (counts && !counters.take(device)) {
            return Step.STUCK;
        }
        Step step = constrain(plan, wanted, device) ? pick(plan, request, device, further) : Step.STUCK;
        if (step != Step.DONE && counts) {
            counters.giveBack(device);
        }
        return step;
    }

    /// What is gone of a device's capacities.
    private Map<String, Quantity> held(Chosen device) {
        Map<String, Quantity> held = new HashMap<>(inUse.consumed().getOrDefault(device.id(), Map.of()));
        shares.getOrDefault(device.id(), List.of())
                .forEach(pick -> pick.consumed().forEach((name, amount) -> held.merge(name, amount, Quantity::plus)));
        return held;
    }

    /// A share of a device whose counters are taken already.
    private boolean isShareOfUsed(Chosen device) {
        return device.isShared() && (inUse.touches(device.id()) || shares.containsKey(device.id()));
    }

    /// @throws AllocationException when all devices are wanted and one of them may not be among them
    private boolean constrain(ClaimPlan plan, Wanted wanted, Chosen device) {
        List<Constraint> constraints = plan.constraints();
        for (int i = 0; i < constraints.size(); i++) {
            if (!constraints.get(i).add(wanted.request(), device)) {
                if (wanted.request().wantsAll()) {
                    throw new AllocationException(
                            "claim " + plan.claim().metadata().namespace() + "/"
                                    + plan.claim().metadata().name() + ", request "
                                    + wanted.request().name() + ": cannot add device " + device.id()
                                    + " because a claim constraint would not be satisfied");
                }
                constraints.subList(0, i).forEach(each -> each.remove(wanted.request()));
                return false;
            }
        }
        return true;
    }

    private Step pick(ClaimPlan plan, Request request, Chosen device, Supplier<Step> further) {
        Pick pick = device.isShared()
                ? new Pick(
                        request,
                        device,
                        shareIds.get(),
                        Capacities.shares(request.capacities(), device.device().capacity()))
                : new Pick(request, device, null, Map.of());
        boolean fresh = device.isShared()
                ? shares.computeIfAbsent(device.id(), id -> new ArrayList<>()).add(pick)
                : !request.admin() && taken.add(device.id());
        plan.picks().add(pick);
        Step step = further.get();
        if (step != Step.DONE) {
            plan.picks().removeLast();
            plan.constraints().forEach(each -> each.remove(request));
            giveBack(device, fresh);
        }
        return step;
    }

    private void giveBack(Chosen device, boolean fresh) {
        if (!device.isShared() && fresh) {
            taken.remove(device.id());
        } else if (device.isShared()) {
            List<Pick> left = Objects.requireNonNull(shares.get(device.id()));
            left.removeLast();
            if (left.isEmpty()) {
                shares.remove(device.id());
            }
        }
    }

    /// With admin access a device is had beside others, but once a claim.
    private boolean isFree(ClaimPlan plan, Request request, Chosen device) {
        if (!device.pool().isUsable()) {
            return false;
        }
        return request.admin()
                ? device.isShared() || !plan.holds(device.id())
                : !inUse.exclusive().contains(device.id()) && !taken.contains(device.id());
    }

    private static boolean isKeptAway(Request request, Chosen device) {
        return device.device().taints().stream()
                .filter(taint ->
                        taint.effect().equals("NoSchedule") || taint.effect().equals("NoExecute"))
                .anyMatch(taint -> request.tolerations().stream().noneMatch(each -> tolerates(each, taint)));
    }

    /// Upstream `resourceclaim.ToleratesTaint`.
    static boolean tolerates(DeviceToleration toleration, DeviceTaint taint) {
        if (isSetAndNot(toleration.effect(), taint.effect()) || isSetAndNot(toleration.key(), taint.key())) {
            return false;
        }
        return switch (Objects.requireNonNullElse(toleration.operator(), "")) {
            case "", "Equal" ->
                Objects.requireNonNullElse(toleration.value(), "")
                        .equals(Objects.requireNonNullElse(taint.value(), ""));
            case "Exists" -> true;
            default -> false;
        };
    }

    private static boolean isSetAndNot(@Nullable String wanted, String actual) {
        return wanted != null && !wanted.isEmpty() && !wanted.equals(actual);
    }
}
