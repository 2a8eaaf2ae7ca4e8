package io.gantry.scheduler;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.binding.Binding;
import io.gantry.api.core.v1.binding.BindingBuilder;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.Status;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatus;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatusBuilder;
import io.gantry.api.schema.GoTimes;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.scheduler.devices.ExtendedResources;
import io.gantry.scheduler.plugins.DeviceBinding;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the scheduler writes to pods. Calls block.
final class PodWriter implements PodSink {
    private final Resource<Pod> pods;
    private final Clock clock;
    private final DeviceBinding devices;

    PodWriter(ApiClient client, Clock clock, DeviceBinding devices) {
        this.pods = client.resource(PodKind.KIND);
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public void bind(PodInfo pod, String node) {
        Binding binding = BindingBuilder.builder()
                .apiVersion("v1")
                .kind("Binding")
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(pod.namespace())
                        .name(pod.name())
                        .uid(pod.pod().metadata().uid())
                        .build())
                .target(ObjectReferenceBuilder.builder()
                        .apiVersion("v1")
                        .kind("Node")
                        .name(node)
                        .build())
                .build();
        pods.post(pod.namespace(), pod.name(), "binding", binding, Status.class);
    }

    @Override
    public void notScheduled(PodInfo pod, String reason, String message, Optional<String> nominatedNode) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        if (!says(pod.pod(), reason, message)) {
            status.put("conditions", List.of(condition(pod, "PodScheduled", "False", reason, message)));
        }
        nominatedNode
                .filter(node -> !node.equals(
                        Objects.requireNonNullElse(pod.pod().status().nominatedNodeName(), "")))
                .ifPresent(node -> status.put("nominatedNodeName", node.isEmpty() ? null : node));
        if (!status.isEmpty()) {
            patchStatus(pod, status);
        }
    }

    @Override
    public void clearNomination(PodInfo pod) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("nominatedNodeName", null);
        patchStatus(pod, status);
    }

    @Override
    public void preempt(PodInfo victim, String message) {
        Map<String, Object> condition = condition(victim, "DisruptionTarget", "True", "PreemptionByScheduler", message);
        patchStatus(victim, Map.of("conditions", List.of(condition)));
        try {
            String uid = victim.pod().metadata().uid();
            pods.delete(
                    victim.namespace(),
                    victim.name(),
                    uid == null ? Deletion.defaults() : Deletion.defaults().withUid(uid));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    @Override
    public void release(ResourceClaim claim) {
        if (ExtendedResources.isOwn(claim)) {
            devices.delete(claim);
        } else {
            ResourceClaimStatus none = ResourceClaimStatusBuilder.builder().build();
            devices.updateStatus(
                    ResourceClaimBuilder.builder(claim).status(none).build());
        }
    }

    private void patchStatus(PodInfo pod, Map<String, @Nullable Object> status) {
        try {
            pods.patch(
                    pod.namespace(),
                    pod.name(),
                    Patch.strategic(Map.of("status", status)).subresource("status"));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static boolean says(Pod pod, String reason, String message) {
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals("PodScheduled")) {
                return condition.status().equals("False")
                        && Objects.equals(condition.reason(), reason)
                        && Objects.equals(condition.message(), message);
            }
        }
        return false;
    }

    private Map<String, Object> condition(PodInfo pod, String type, String status, String reason, String message) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        Long generation = pod.pod().metadata().generation();
        if (generation != null) {
            condition.put("observedGeneration", generation);
        }
        condition.put("status", status);
        condition.put("reason", reason);
        condition.put("message", message);
        condition.put("lastTransitionTime", GoTimes.seconds(clock.instant()));
        return condition;
    }
}
