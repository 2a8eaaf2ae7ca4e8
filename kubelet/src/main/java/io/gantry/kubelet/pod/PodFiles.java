package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.volume.VolumeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A pod's files on the node: its volumes and its logs.
public interface PodFiles {
    /// Sets up or refreshes all volumes; returns where each is, by volume name.
    Map<String, Path> setUp(Pod pod, PodFacts facts) throws VolumeFailure;

    /// Whether [#setUp] is to be called from time to time, beside the volumes that follow API objects.
    default boolean refreshes(String podUid) {
        return false;
    }

    /// Mounts an image that is on the node where its volume is; as it was when it is mounted already.
    ///
    /// @throws io.gantry.kubelet.runtime.RuntimeFailure when the runtime cannot show it
    void mountImage(Pod pod, String volume, String image) throws IOException;

    /// Removes everything of a pod but its logs.
    void tearDown(String podUid) throws IOException;

    void removeLogs(String podUid) throws IOException;

    /// Removes one container's log and what was rotated from it.
    void removeLog(String logPath);

    /// Makes a folder for logs.
    void createLogFolder(Path folder) throws IOException;

    /// One more than the highest attempt that left a log; 0 where none did.
    int nextAttempt(Path containerLogs) throws IOException;

    /// Prometheus text.
    default String metrics() {
        return "";
    }

    /// For a runtime without containers: nothing is on disk.
    static PodFiles none() {
        return new PodFiles() {
            @Override
            public Map<String, Path> setUp(Pod pod, PodFacts facts) {
                Map<String, Path> paths = new HashMap<>();
                pod.spec().volumes().forEach(volume -> paths.put(volume.name(), Path.of("/")));
                return paths;
            }

            @Override
            public void mountImage(Pod pod, String volume, String image) {}

            @Override
            public void tearDown(String podUid) {}

            @Override
            public void removeLogs(String podUid) {}

            @Override
            public void removeLog(String logPath) {}

            @Override
            public void createLogFolder(Path folder) {}

            @Override
            public int nextAttempt(Path containerLogs) {
                return 0;
            }
        };
    }
}
