package io.gantry.kubelet;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.event.EventRecorder;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.image.ImageGc;
import io.gantry.kubelet.node.Evictions;
import io.gantry.kubelet.node.NodePressure;
import io.gantry.kubelet.node.StorageLimits;
import io.gantry.kubelet.node.StorageUse;
import io.gantry.kubelet.pod.PodLoops;
import io.gantry.kubelet.pod.PodStatusPlan;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.volume.PodDirectories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this node has for [Evictions]: its disk, its runtime, its images and its pods.
final class EvictionMeans implements Evictions.Means {
    private static final Logger LOG = LoggerFactory.getLogger(EvictionMeans.class);

    private final KubeletConfig config;
    private final ContainerRuntime runtime;
    private final ImageGc images;
    private final EventRecorder recorder;
    private final Supplier<Optional<PodLoops>> loops;
    private final PodDirectories directories;
    private final StorageUse use;
    private final ObjectReference node;

    /// @param loops empty until the kubelet is built: the first look may come before
    EvictionMeans(
            KubeletConfig config,
            ContainerRuntime runtime,
            ImageGc images,
            EventRecorder recorder,
            Supplier<Optional<PodLoops>> loops) {
        this.config = config;
        this.runtime = runtime;
        this.images = images;
        this.recorder = recorder;
        this.loops = loops;
        this.directories = new PodDirectories(config.rootDir());
        this.use = new StorageUse(directories, config.podLogs());
        this.node = ObjectReferenceBuilder.builder()
                .kind("Node")
                .name(config.nodeName())
                .uid(config.nodeName())
                .build();
    }

    @Override
    public NodePressure.Levels levels() {
        return NodePressure.read(config.evictionHard(), config.rootDir(), imageDisk());
    }

    /// A folder on the images' disk; the pods' one when nothing depends on the other, or the runtime does not tell.
    private Path imageDisk() {
        if (config.evictionHard().images().of(Long.MAX_VALUE) == 0) {
            return config.rootDir();
        }
        try {
            Path mount = Path.of(runtime.imageFilesystem().mountPoint());
            return Files.exists(mount) ? mount : config.rootDir();
        } catch (RuntimeFailure failure) {
            LOG.debug("the disk of images is not known", failure);
            return config.rootDir();
        }
    }

    @Override
    public List<Pod> pods() {
        return loops.get().stream()
                .flatMap(running -> running.pods().stream())
                .filter(pod -> !PodStatusPlan.isTerminal(pod.status().phase()))
                .toList();
    }

    @Override
    public List<ContainerUsage> usage() {
        return runtime.usage();
    }

    @Override
    public StorageLimits.Used used(Pod pod, List<ContainerUsage> usage) {
        return use.of(pod, usage);
    }

    @Override
    public void reclaiming(String resource) {
        recorder.event(node, "Warning", "EvictionThresholdMet", "Attempting to reclaim " + resource);
    }

    @Override
    public void removeUnusedImages() {
        images.removeUnused();
    }

    @Override
    public void evict(Pod pod, String why) {
        new PodEvents(recorder).warning(pod, "Evicted", why);
        loops.get()
                .ifPresent(
                        running -> running.evict(PodIdentity.of(pod).uid(), new PodStatusPlan.Ending("Evicted", why)));
    }

    @Override
    public boolean isCleared(Pod pod) {
        return !Files.exists(directories.pod(PodIdentity.of(pod).uid()));
    }
}
