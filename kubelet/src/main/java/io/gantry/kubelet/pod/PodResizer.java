package io.gantry.kubelet.pod;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Gives running containers other amounts (upstream `kuberuntime_manager.go`, doPodResizeAction): the pod's cgroup is
/// widened first, then each container is changed, then the pod's cgroup is what the containers need. One owner thread.
final class PodResizer {
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final PodContext context;
    private Optional<String> failure = Optional.empty();
    private boolean underWay;
    private ResizePlan told = ResizePlan.FITS;
    private Optional<ResourceRequirements> whole = Optional.empty();
    private boolean known;

    PodResizer(PodContext context) {
        this.context = context;
    }

    /// What the pod as a whole has: at first what it was given when this kubelet came to know it.
    Optional<ResourceRequirements> whole(Pod pod) {
        if (!known) {
            known = true;
            whole = Optional.ofNullable(pod.spec().resources());
        }
        return whole;
    }

    /// Whether the pod as a whole has other amounts than it was given.
    boolean changesWhole(Pod pod) {
        return !ResourceChange.between(whole(pod).orElse(null), pod.spec().resources())
                .isEmpty();
    }

    /// What the status says of a resize that was begun: nothing, that it goes on, or why it does not.
    ResizeState state(ResizePlan plan) {
        return new ResizeState(plan, underWay, failure.orElse(""));
    }

    /// The pod was given new amounts.
    void begun(Pod pod) {
        underWay = true;
        failure = Optional.empty();
        context.events().normal(pod, "ResizeStarted", "Pod resize started: " + words(pod));
    }

    /// All containers have what they were given; whether that is news.
    boolean done(Pod pod) {
        boolean news = underWay;
        if (news) {
            underWay = false;
            failure = Optional.empty();
            context.events().normal(pod, "ResizeCompleted", "Pod resize completed: " + words(pod));
        }
        return news;
    }

    /// The amounts asked for cannot be had: an event where that is news.
    void pending(Pod pod, ResizePlan plan) {
        boolean news = plan.verdict() != ResizePlan.Verdict.FITS && !plan.equals(told);
        told = plan;
        if (news) {
            context.events()
                    .warning(
                            pod,
                            plan.verdict().event(),
                            "Pod resize " + plan.verdict().reason() + ": " + plan.message() + ": " + words(pod));
        }
    }

    private static String words(Pod pod) {
        List<Map<String, Object>> containers = new ArrayList<>();
        PodContainer.all(pod).forEach(container -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", container.name());
            Optional.ofNullable(container.spec().resources()).ifPresent(r -> one.put("resources", r));
            containers.add(one);
        });
        Map<String, Object> words = new LinkedHashMap<>();
        Optional.ofNullable(pod.spec().resources()).ifPresent(r -> words.put("resources", r));
        words.put("containers", containers);
        words.put("generation", Objects.requireNonNullElse(pod.metadata().generation(), 0L));
        return Json.MAPPER.writeValueAsString(words);
    }

    /// Changes containers. Where one could not be changed, the status tells, and it is tried again later.
    PodSync.Result resize(Pod pod, List<PodPlan.Resize> resizes) {
        underWay = true;
        Optional<String> before = failure;
        try {
            context.cgroups().widen(before(pod, resizes), pod);
            for (PodPlan.Resize resize : resizes) {
                one(pod, resize);
            }
            context.cgroups().create(pod);
            whole = Optional.ofNullable(pod.spec().resources());
            failure = Optional.empty();
            return new PodSync.Result(true, Duration.ZERO);
        } catch (RuntimeFailure refused) {
            failure = Optional.of(Objects.requireNonNullElse(refused.getMessage(), ""));
            boolean news = !failure.equals(before);
            if (news) {
                context.events().warning(pod, "ResizeError", "Pod resize error: " + failure.get());
            }
            return new PodSync.Result(news, RETRY);
        }
    }

    private void one(Pod pod, PodPlan.Resize resize) {
        LinuxResources resources = context.containerSpecs().resources(pod, resize.container());
        checkMemory(resize, resources.memoryLimitBytes());
        context.runtime().updateResources(resize.running().id(), resources);
        context.allocations()
                .changed(
                        PodIdentity.of(pod).uid(),
                        resize.running().id(),
                        Objects.requireNonNullElse(resize.container().spec().resources(), Allocation.NOTHING));
    }

    /// A limit below what is used would only make the kernel kill.
    private void checkMemory(PodPlan.Resize resize, long limitBytes) {
        long before = resize.before().limits().containsKey("memory")
                ? resize.before().limits().get("memory").value()
                : 0;
        if (limitBytes == 0 || (before != 0 && before <= limitBytes)) {
            return;
        }
        long used = context.runtime().usage().stream()
                .filter(usage -> usage.containerId().equals(resize.running().id()))
                .mapToLong(ContainerUsage::workingSetBytes)
                .findFirst()
                .orElse(0);
        if (used > limitBytes) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.OTHER,
                    "cannot decrease memory limits: attempting to set container \""
                            + resize.container().name() + "\" memory limit (" + limitBytes
                            + ") below current usage (" + used + ")",
                    null);
        }
    }

    private Pod before(Pod pod, List<PodPlan.Resize> resizes) {
        Map<String, ResourceRequirements> had =
                new LinkedHashMap<>(Allocation.NONE.giving(pod).given());
        resizes.forEach(resize -> had.put(resize.container().name(), resize.before()));
        return new Allocation(had, Map.of(), whole).of(pod);
    }
}
