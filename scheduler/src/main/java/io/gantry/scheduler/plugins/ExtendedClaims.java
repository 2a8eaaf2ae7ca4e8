package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimSpec;
import io.gantry.scheduler.devices.ExtendedResources;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Resources;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The claim that stands for the extended resources of one pod where devices have to give them. It is made
/// when a node is chosen; until then each node has its own.
///
/// @param classes of which devices are wanted, by resource
record ExtendedClaims(PodInfo pod, Map<String, String> classes) {
    /// No name of an object, so that none is meant.
    private static final String NAME = "<extended-resources>";

    static ExtendedClaims of(PodInfo pod, DeviceView view) {
        Map<String, Long> wanted = pod.requests().scalars();
        if (wanted.isEmpty()) {
            return new ExtendedClaims(pod, Map.of());
        }
        Collection<DeviceClass> all = view.deviceClasses();
        Map<String, String> classes = new HashMap<>();
        for (String resource : ExtendedResources.among(wanted, all)) {
            ExtendedResources.classOf(resource, all)
                    .ifPresent(each -> classes.put(
                            resource, Objects.requireNonNullElse(each.metadata().name(), "")));
        }
        return new ExtendedClaims(pod, classes);
    }

    boolean isEmpty() {
        return classes.isEmpty();
    }

    /// What devices must give on the node: that of which it has none of its own.
    ExtendedResources.Plan planOn(Resources allocatable) {
        Map<String, String> missing = new HashMap<>(classes);
        missing.keySet().removeIf(resource -> allocatable.scalar(resource) > 0);
        return ExtendedResources.plan(pod.pod(), missing);
    }

    ExtendedResources.Plan planOn(Node node) {
        return isEmpty()
                ? new ExtendedResources.Plan(List.of(), List.of())
                : planOn(NodeInfo.of(node).allocatable());
    }

    /// The claim for the node; empty when the node needs none.
    Optional<ResourceClaim> on(Node node) {
        ExtendedResources.Plan plan = planOn(node);
        return plan.requests().isEmpty()
                ? Optional.empty()
                : Optional.of(ResourceClaimBuilder.builder()
                        .metadata(metadata().name(NAME).uid(uid(pod)).build())
                        .spec(new ResourceClaimSpec(new DeviceClaim(plan.requests(), List.of(), List.of())))
                        .build());
    }

    /// As it is decided under before there is one.
    static String uid(PodInfo pod) {
        return NAME + pod.uid();
    }

    static boolean isOnlyDecided(ResourceClaim claim) {
        return NAME.equals(claim.metadata().name());
    }

    /// The claim as it is to be created.
    ResourceClaim fresh(ResourceClaim decided) {
        ObjectMeta metadata =
                metadata().generateName(pod.name() + "-extended-resources-").build();
        return ResourceClaimBuilder.builder()
                .metadata(metadata)
                .spec(decided.spec())
                .build();
    }

    private ObjectMetaBuilder metadata() {
        return ObjectMetaBuilder.builder()
                .namespace(pod.namespace())
                .annotations(Map.of(PodClaims.EXTENDED_RESOURCE_ANNOTATION, "true"))
                .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                        .apiVersion("v1")
                        .kind("Pod")
                        .name(pod.name())
                        .uid(pod.uid())
                        .controller(true)
                        .build()));
    }
}
