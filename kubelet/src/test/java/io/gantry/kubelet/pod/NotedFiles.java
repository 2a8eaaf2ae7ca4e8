package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.volume.VolumeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// No files, but a note of the annotations that volumes were written with. Thread-safe.
final class NotedFiles implements PodFiles {
    private final PodFiles none = PodFiles.none();
    private final List<Map<String, String>> annotations = new CopyOnWriteArrayList<>();

    /// Of every time that a pod's volumes were written, the oldest first.
    List<Map<String, String>> annotations() {
        return annotations;
    }

    @Override
    public Map<String, Path> setUp(Pod pod, PodFacts facts) throws VolumeFailure {
        annotations.add(pod.metadata().annotations());
        return none.setUp(pod, facts);
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
    public int nextAttempt(Path containerLogs) throws IOException {
        return none.nextAttempt(containerLogs);
    }
}
