package io.gantry.kubelet;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.kubelet.pod.PodLoops;
import io.gantry.kubelet.staticpod.ManifestFolder;
import io.gantry.kubelet.staticpod.StaticPods;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// From where this kubelet's pods come: the API server, and a folder of manifests (upstream `pkg/kubelet/config`). The
/// mirrors that the API server has of the folder's are shown there and not run.
final class PodSources {
    private final PodLoops loops;

    PodSources(PodLoops loops) {
        this.loops = loops;
    }

    /// Runs the pods that the API server has for this node.
    void follow(Informer<Pod> pods) {
        pods.addHandler(InformerHandler.of(
                pod -> {
                    if (!StaticPods.isMirror(pod)) {
                        loops.put(pod);
                    }
                },
                last -> {
                    if (StaticPods.isMirror(last)) {
                        loops.showAgain(last);
                    } else {
                        loops.remove(last);
                    }
                }));
    }

    /// Runs the pods of a folder's manifests until the kubelet stops.
    void follow(Path folder, String nodeName, CountDownLatch stopped) {
        new ManifestFolder(folder, nodeName, new ManifestFolder.Listener() {
                    @Override
                    public void added(Pod pod) {
                        loops.put(pod);
                    }

                    @Override
                    public void removed(Pod pod) {
                        loops.end(pod);
                    }
                })
                .start(stopped);
    }
}
