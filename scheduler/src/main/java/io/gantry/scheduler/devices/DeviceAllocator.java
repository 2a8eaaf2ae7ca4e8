package io.gantry.scheduler.devices;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.DeviceConstraint;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds devices for claims, for one state of the cluster and node by node: the structured allocator
/// (KEP-4381, upstream `dynamic-resource-allocation/structured`). What it finds is the first of all
/// combinations, by the order of pools, slices and devices. Does no I/O. Owned by the scheduling thread.
public final class DeviceAllocator {
    /// How many devices one claim can have.
    static final int MAX_RESULTS = 32;

    private final DevicesInUse inUse;
    private final Function<String, Optional<DeviceClass>> classes;
    private final SliceIndex slices;
    private final DeviceSelectors selectors;
    private final Supplier<String> shareIds;
    private final Duration timeout;
    private final Map<Match, Boolean> matches = new HashMap<>();

    /// A device and what it is asked to be.
    private record Match(DeviceId device, Request request) {}

    /// What came of it.
    public sealed interface Outcome {
        /// One result for each claim, in their order.
        record Found(List<AllocationResult> results) implements Outcome {
            public Found {
                results = List.copyOf(results);
            }
        }

        /// The node has not got them.
        record NotThere(String reason) implements Outcome {}
    }

    /// @param classes by name
    /// @param shareIds makes a name for each share of a device
    /// @param timeout how long the look at one node may take; zero for no limit
    public DeviceAllocator(
            DevicesInUse inUse,
            Function<String, Optional<DeviceClass>> classes,
            List<ResourceSlice> slices,
            DeviceSelectors selectors,
            Supplier<String> shareIds,
            Duration timeout) {
        this.inUse = inUse;
        this.classes = classes;
        this.slices = new SliceIndex(slices);
        this.selectors = selectors;
        this.shareIds = shareIds;
        this.timeout = timeout;
    }

    /// Devices for claims that have none yet, such as the node can use.
    ///
    /// @throws AllocationException when a claim, class or pool is wrong on whichever node
    public Outcome allocate(Node node, List<ResourceClaim> claims) {
        long start = System.nanoTime();
        List<DevicePool> pools = slices.poolsFor(node);
        List<ClaimPlan> plans = new ArrayList<>();
        claims.forEach(claim -> plans.add(plan(claim, node, pools)));
        AllocationSearch search = new AllocationSearch(
                pools,
                plans,
                inUse,
                (claim, wanted, device) -> {
                    endInTime(node, start);
                    return fits(claim, wanted, device, node);
                },
                shareIds);
        if (search.succeeds()) {
            List<AllocationResult> results = new ArrayList<>();
            plans.forEach(plan -> results.add(Results.of(plan, node)));
            return new Outcome.Found(results);
        }
        boolean invalid = pools.stream().anyMatch(pool -> pool.state() == DevicePool.State.INVALID);
        return new Outcome.NotThere(invalid ? "invalid resource pools were encountered" : "cannot allocate all claims");
    }

    /// So that no set of claims can hold up the scheduler.
    private void endInTime(Node node, long start) {
        if (timeout.isPositive() && System.nanoTime() - start > timeout.toNanos()) {
            throw new AllocationException("node " + node.metadata().name() + ": timed out trying to allocate devices");
        }
    }

    private static String nameOf(ResourceClaim claim) {
        return "claim " + claim.metadata().namespace() + "/" + claim.metadata().name();
    }

    private ClaimPlan plan(ResourceClaim claim, Node node, List<DevicePool> pools) {
        DeviceClaim devices = claim.spec().devices();
        if (devices == null) {
            return new ClaimPlan(claim, List.of(), List.of());
        }
        List<List<Wanted>> requests = new ArrayList<>();
        long fewest = 0;
        for (DeviceRequest request : devices.requests()) {
            List<Wanted> wanted = Request.alternatives(nameOf(claim), request).stream()
                    .map(each -> wanted(claim, each, node, pools))
                    .toList();
            requests.add(wanted);
            fewest += wanted.stream().mapToLong(Wanted::number).min().orElse(0);
        }
        if (fewest > MAX_RESULTS) {
            throw new AllocationException(nameOf(claim) + ": number of requested devices " + fewest
                    + " exceeds the claim limit of " + MAX_RESULTS);
        }
        return new ClaimPlan(claim, requests, constraints(claim, devices.constraints()));
    }

    private static List<Constraint> constraints(ResourceClaim claim, List<DeviceConstraint> declared) {
        List<Constraint> constraints = new ArrayList<>();
        for (DeviceConstraint each : declared) {
            constraints.add(Constraint.of(each)
                    .orElseThrow(() -> new AllocationException(nameOf(claim) + ", constraint #" + constraints.size()
                            + ": empty constraint (unsupported constraint type?)")));
        }
        return constraints;
    }

    private Wanted wanted(ResourceClaim claim, Request request, Node node, List<DevicePool> pools) {
        String where = nameOf(claim) + ", request " + request.name();
        DeviceClass deviceClass = classes.apply(request.className())
                .orElseThrow(() -> new AllocationException(where + ": could not retrieve device class "
                        + request.className() + ": deviceclass.resource.k8s.io \"" + request.className()
                        + "\" not found"));
        if (request.wantsNumber()) {
            if (request.count() > Integer.MAX_VALUE) {
                throw new AllocationException(where + ": exact count " + request.count() + " is too large");
            }
            return new Wanted(request, deviceClass, (int) request.count(), List.of());
        }
        if (!request.wantsAll()) {
            throw new AllocationException(where + ": unsupported count mode " + request.mode());
        }
        Wanted open = new Wanted(request, deviceClass, 0, List.of());
        List<Chosen> all = new ArrayList<>();
        for (DevicePool pool : pools) {
            if (!pool.isUsable()) {
                boolean invalid = pool.state() == DevicePool.State.INVALID;
                throw new AllocationException(where + ": asks for all devices, but resource pool " + pool.id()
                        + " is currently " + (invalid ? "invalid" : "being updated"));
            }
            devicesOf(pool).stream()
                    .filter(device -> fits(claim, open, device, node))
                    .forEach(all::add);
        }
        return new Wanted(request, deviceClass, all.size(), all);
    }

    private static List<Chosen> devicesOf(DevicePool pool) {
        List<Chosen> devices = new ArrayList<>();
        for (ResourceSlice slice : pool.slices()) {
            for (Device device : slice.spec().devices()) {
                devices.add(Chosen.of(pool, slice, device));
            }
        }
        return devices;
    }

    /// Whether class and request mean the device, and it can be used on the node.
    private boolean fits(ResourceClaim claim, Wanted wanted, Chosen device, Node node) {
        boolean here = !Boolean.TRUE.equals(device.slice().spec().perDeviceNodeSelection())
                || SliceIndex.reaches(device.device(), node);
        return here && selected(claim, wanted, device);
    }

    private boolean selected(ResourceClaim claim, Wanted wanted, Chosen device) {
        Match match = new Match(device.id(), wanted.request());
        Boolean known = matches.get(match);
        if (known == null) {
            String className = wanted.request().className();
            known = selectors.match(
                            "class " + className, wanted.deviceClass().spec().selectors(), device)
                    && selectors.match(nameOf(claim), wanted.request().selectors(), device);
            matches.put(match, known);
        }
        return known;
    }
}
