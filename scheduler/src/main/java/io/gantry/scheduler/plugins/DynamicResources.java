package io.gantry.scheduler.plugins;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.devices.AllocationException;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.devices.DeviceAllocator;
import io.gantry.scheduler.devices.DeviceAllocator.Outcome;
import io.gantry.scheduler.devices.DeviceSelectors;
import io.gantry.scheduler.devices.DevicesInUse;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.PreBindPlugin;
import io.gantry.scheduler.framework.PreEnqueuePlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ReservePlugin;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Scores;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A pod's claims must have devices that its node can use; those without are given some on the node that is chosen
/// (KEP-4381). What is decided counts at once, in the [ClaimLedger], and is written before the pod is bound.
final class DynamicResources
        implements PreEnqueuePlugin, FilterPlugin, PostFilterPlugin, ScorePlugin, ReservePlugin, PreBindPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicResources.class);
    private static final String NOT_AVAILABLE = "resourceclaim not available on the node";
    private static final Verdict UNAVAILABLE = Verdict.unresolvable(NOT_AVAILABLE);
    /// Of an earlier try: it goes, and the pod is tried again.
    private static final Verdict STALE = Verdict.unresolvable("cannot schedule extended resource claim");

    private static final Result NOTHING_NEW = Result.nothing("no new claims to deallocate", false);

    private final ClusterView cluster;
    private final ClaimLedger ledger;
    private final DeviceBinding binding;
    private final PodClaimBinding writes;
    private final OpenClaims openClaims;
    private final DynamicResourcesArgs args;
    private final DeviceSelectors selectors = new DeviceSelectors();

    DynamicResources(ClusterView cluster, PluginContext.Devices devices, DynamicResourcesArgs args) {
        this.cluster = cluster;
        this.ledger = devices.ledger();
        this.binding = devices.binding();
        this.writes = new PodClaimBinding(cluster, devices, args.bindingTimeout());
        this.openClaims = new OpenClaims(cluster);
        this.args = args;
    }

    @Override
    public String name() {
        return "DynamicResources";
    }

    @Override
    public boolean ready(PodInfo pod) {
        return PodDeviceClaims.isNoneIn(pod)
                || PodDeviceClaims.of(pod, cluster).problem().isEmpty();
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        if (asksForNone(pod)) {
            return Preparation.SKIP;
        }
        PodDeviceClaims claims = PodDeviceClaims.of(pod, cluster);
        Optional<String> problem = claims.problem().or(() -> openClaims.problem(claims));
        if (problem.isPresent()) {
            return new Preparation.RejectAll(problem.get());
        }
        ExtendedClaims extended = ExtendedClaims.of(pod, cluster);
        if (claims.all().isEmpty() && extended.isEmpty()) {
            return Preparation.SKIP;
        }
        if (!extended.isEmpty() && cluster.extendedClaim(pod.uid()).isPresent()) {
            return Preparation.each(node -> STALE);
        }
        DeviceAllocator allocator = allocator();
        return Preparation.each(node -> check(claims, open(claims, extended, node.node()), allocator, node.node()));
    }

    /// Whether neither claims nor extended resources are asked for.
    private static boolean asksForNone(PodInfo pod) {
        return PodDeviceClaims.isNoneIn(pod) && pod.requests().scalars().isEmpty();
    }

    /// What has to be given devices on the node.
    private static List<ResourceClaim> open(PodDeviceClaims claims, ExtendedClaims extended, Node node) {
        List<ResourceClaim> open = new ArrayList<>(claims.toAllocate());
        if (!extended.isEmpty()) {
            extended.on(node).ifPresent(open::add);
        }
        return open;
    }

    private DeviceAllocator allocator() {
        return new DeviceAllocator(
                DevicesInUse.of(cluster.allocatedDevices()),
                cluster::deviceClass,
                cluster.resourceSlices(),
                selectors,
                () -> UUID.randomUUID().toString(),
                args.filterTimeout());
    }

    private Verdict check(PodDeviceClaims claims, List<ResourceClaim> open, DeviceAllocator allocator, Node node) {
        if (!open.isEmpty() && allocator.allocate(node, open) instanceof Outcome.NotThere(String reason)) {
            return Verdict.unresolvable(reason);
        }
        return claims.all().stream().anyMatch(claim -> isUnavailable(claim, node)) ? UNAVAILABLE : Verdict.FITS;
    }

    /// Whether a claim has devices that the node cannot use, or that do not become ready.
    private boolean isUnavailable(ResourceClaim claim, Node node) {
        AllocationResult allocation = claim.status().allocation();
        if (allocation == null) {
            return false;
        }
        NodeSelector selector = allocation.nodeSelector();
        if (selector != null && !NodeRequirements.matches(selector, node)) {
            return true;
        }
        return switch (BindingConditions.of(claim)) {
            case BindingConditions.State.Ready _ -> false;
            case BindingConditions.State.Failed _ -> true;
            case BindingConditions.State.Pending _ ->
                BindingConditions.late(claim, args.bindingTimeout(), binding.now());
        };
    }

    /// A claim whose devices are in the way, and that nobody else uses, gives them up: others may do.
    @Override
    public Result postFilter(PodInfo pod, Snapshot snapshot, Failed failed) {
        if (asksForNone(pod)) {
            return NOTHING_NEW;
        }
        List<ResourceClaim> claims = PodDeviceClaims.of(pod, cluster).all();
        boolean extended = !ExtendedClaims.of(pod, cluster).isEmpty();
        if (claims.isEmpty() && !extended) {
            return NOTHING_NEW;
        }
        Optional<ResourceClaim> stale = extended ? cluster.extendedClaim(pod.uid()) : Optional.empty();
        if (stale.isPresent()) {
            return Result.releasing("deletion of ResourceClaim completed", stale.get());
        }
        for (NodeInfo node : snapshot.nodes()) {
            if (failed.check(node, node) instanceof Verdict.Rejected rejected
                    && rejected.reasons().contains(NOT_AVAILABLE)) {
                Optional<ResourceClaim> idle = claims.stream()
                        .filter(claim -> isUnavailable(claim, node.node()) && isFreeBut(claim, pod))
                        .findFirst();
                if (idle.isPresent()) {
                    return Result.releasing("deallocation of ResourceClaim completed", idle.get());
                }
            }
        }
        return Result.nothing("still not schedulable", false);
    }

    private static boolean isFreeBut(ResourceClaim claim, PodInfo pod) {
        int users = claim.status().reservedFor().size();
        return users == 0 || (users == 1 && PodClaims.isReservedFor(pod.pod(), claim));
    }

    /// Nodes where earlier alternatives of requests can be had are better.
    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        if (PodDeviceClaims.isNoneIn(pod)) {
            return NO_OPINION;
        }
        List<ResourceClaim> open = PodDeviceClaims.of(pod, cluster).toAllocate();
        if (open.stream().noneMatch(AlternativeScores::matters)) {
            return NO_OPINION;
        }
        DeviceAllocator allocator = allocator();
        long[] scores = new long[feasible.size()];
        for (int i = 0; i < scores.length; i++) {
            if (allocator.allocate(feasible.get(i).node(), open) instanceof Outcome.Found found) {
                scores[i] = AlternativeScores.of(open, found.results());
            }
        }
        return Scores.normalize(scores, false);
    }

    @Override
    public Verdict reserve(PodInfo pod, String node) {
        if (asksForNone(pod)) {
            return Verdict.FITS;
        }
        PodDeviceClaims claims = PodDeviceClaims.of(pod, cluster);
        Optional<String> problem = claims.problem().or(() -> openClaims.problem(claims));
        if (problem.isPresent()) {
            return Verdict.unresolvable(problem.get());
        }
        ExtendedClaims extended = ExtendedClaims.of(pod, cluster);
        if (claims.all().isEmpty() && extended.isEmpty()) {
            return Verdict.FITS;
        }
        Optional<Node> chosen = cluster.node(node);
        if (chosen.isEmpty()) {
            return Verdict.unresolvable("node \"" + node + "\" not found");
        }
        List<ResourceClaim> open = open(claims, extended, chosen.get());
        if (open.isEmpty()) {
            return Verdict.FITS;
        }
        try {
            return decide(pod, open, allocator().allocate(chosen.get(), open));
        } catch (AllocationException wrong) {
            return Verdict.unresolvable(String.valueOf(wrong.getMessage()));
        }
    }

    private Verdict decide(PodInfo pod, List<ResourceClaim> open, Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotThere(String reason) -> Verdict.unresolvable(reason);
            case Outcome.Found(List<AllocationResult> results) -> {
                for (int i = 0; i < results.size(); i++) {
                    ledger.decide(open.get(i), pod.uid(), results.get(i));
                }
                yield Verdict.FITS;
            }
        };
    }

    @Override
    public void unreserve(PodInfo pod, String node) {
        if (asksForNone(pod)) {
            return;
        }
        ledger.withdraw(pod.uid());
        if (!pod.requests().scalars().isEmpty()) {
            ledger.extendedClaim(pod.uid()).ifPresent(claim -> delete(claim, pod));
        }
        for (ResourceClaim claim : PodDeviceClaims.of(pod, cluster).all()) {
            if (PodClaims.isReservedFor(pod.pod(), claim)) {
                unreserve(claim, pod);
            }
        }
    }

    /// When it is refused, the pod's next try deletes it.
    private void delete(ResourceClaim claim, PodInfo pod) {
        try {
            binding.delete(claim);
        } catch (StatusException refused) {
            LOG.warn("claim {} of {} is not deleted: {}", PodDeviceClaims.fullName(claim), pod, refused.getMessage());
        }
    }

    /// A refusal changes nothing: the pod is tried again, and the claim is its own.
    private void unreserve(ResourceClaim claim, PodInfo pod) {
        try {
            binding.unreserve(claim, pod.uid());
        } catch (StatusException refused) {
            LOG.warn("claim {} stays reserved for {}: {}", PodDeviceClaims.fullName(claim), pod, refused.getMessage());
        }
    }

    @Override
    public void preBind(PodInfo pod, String node) throws InterruptedException {
        if (!asksForNone(pod)) {
            writes.bind(pod, node);
        }
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded _, ClusterEvent.DeviceClassChanged _, ClusterEvent.SliceChanged _ -> true;
            case ClusterEvent.NodeChanged changed ->
                changed.relabelled()
                        || !changed.before()
                                .status()
                                .allocatable()
                                .equals(changed.after().status().allocatable());
            case ClusterEvent.DeviceClaimChanged changed -> mayHelp(changed, pod);
            case ClusterEvent.PodItself _ -> ready(pod);
            // What was decided for it is free again without any claim having changed.
            case ClusterEvent.PodGone gone -> !asksForNone(gone.pod());
            case ClusterEvent.PodPlaced _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.StorageEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private boolean mayHelp(ClusterEvent.DeviceClaimChanged changed, PodInfo pod) {
        PodDeviceClaims claims = PodDeviceClaims.of(pod, cluster);
        if (claims.problem().isPresent()) {
            return false;
        }
        if (changed.deallocated()) {
            return true;
        }
        String uid = changed.after().metadata().uid();
        boolean used = claims.all().stream()
                .anyMatch(claim -> Objects.equals(claim.metadata().uid(), uid));
        return used
                && changed.before()
                        .filter(before -> before.status().equals(changed.after().status()))
                        .isEmpty();
    }
}
