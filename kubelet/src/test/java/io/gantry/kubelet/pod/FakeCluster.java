package io.gantry.kubelet.pod;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.event.EventSink;
import io.gantry.kubelet.cluster.EmptyCluster;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// An API server in memory, as far as pods go: it checks resource versions.
final class FakeCluster extends EmptyCluster implements EventSink {
    private final Map<String, Pod> pods = new HashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private long version;

    List<String> events() {
        return List.copyOf(events);
    }

    /// Of the events.
    List<String> messages() {
        return List.copyOf(messages);
    }

    synchronized Pod put(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        Pod stored = PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata())
                        .resourceVersion(Long.toString(++version))
                        .build())
                .build();
        pods.put(id.namespace() + "/" + id.name(), stored);
        return stored;
    }

    @Override
    public synchronized Optional<Pod> pod(String namespace, String name) {
        return Optional.ofNullable(pods.get(namespace + "/" + name));
    }

    @Override
    public synchronized Pod updateStatus(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        Pod current = pod(id.namespace(), id.name()).orElseThrow(() -> StatusException.notFound("", "pods", id.name()));
        if (!String.valueOf(current.metadata().resourceVersion())
                .equals(pod.metadata().resourceVersion())) {
            throw StatusException.conflict("", "pods", id.name(), "the object has been modified");
        }
        return put(PodBuilder.builder(current).status(pod.status()).build());
    }

    @Override
    public Pod createPod(Pod pod) {
        return put(pod);
    }

    @Override
    public synchronized void deletePod(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        pods.remove(id.namespace() + "/" + id.name());
    }

    @Override
    public Optional<String> runtimeHandler(String runtimeClass) {
        return runtimeClass.equals("known") ? Optional.of("handler") : Optional.empty();
    }

    @Override
    public void event(KubernetesObject regarding, String type, String reason, String message) {
        messages.add(message);
        events.add(reason);
    }

    @Override
    public void event(ObjectReference regarding, String type, String reason, String message) {
        messages.add(message);
        events.add(reason);
    }
}
