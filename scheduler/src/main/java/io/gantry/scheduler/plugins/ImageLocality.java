package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Prefers nodes that hold the pod's images, by size, less so for an image that few nodes have (it would
/// pile pods up there).
final class ImageLocality implements ScorePlugin {
    private static final long MIB = 1024 * 1024;
    private static final long MIN_BYTES = 23 * MIB;
    private static final long MAX_BYTES_PER_CONTAINER = 1000 * MIB;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        List<String> images = images(pod);
        if (images.stream().allMatch(image -> snapshot.holdersOf(image) == 0)) {
            return NO_OPINION;
        }
        long[] scores = new long[feasible.size()];
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            for (String image : images) {
                long size = feasible.get(i).images().getOrDefault(image, 0L);
                sum += (double) size * snapshot.holdersOf(image) / snapshot.size();
            }
            scores[i] = scaled((long) sum, MAX_BYTES_PER_CONTAINER * images.size());
        }
        return scores;
    }

    private static long scaled(long bytes, long maxBytes) {
        long bounded = Math.clamp(bytes, MIN_BYTES, Math.max(MIN_BYTES, maxBytes));
        return MAX_SCORE * (bounded - MIN_BYTES) / Math.max(1, maxBytes - MIN_BYTES);
    }

    private static List<String> images(PodInfo pod) {
        List<String> images = new ArrayList<>();
        Stream.concat(pod.pod().spec().initContainers().stream(), pod.pod().spec().containers().stream())
                .map(Container::image)
                .forEach(image -> {
                    if (image != null) {
                        images.add(normalized(image));
                    }
                });
        return images;
    }

    /// With `:latest` where neither tag nor digest is given.
    private static String normalized(String image) {
        return image.lastIndexOf(':') <= image.lastIndexOf('/') ? image + ":latest" : image;
    }
}
