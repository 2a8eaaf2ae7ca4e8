package io.gantry.apiserver.authz.node;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Which node has to do with which object, kept up to date from pods, volumes, attachments and slices.
/// Thread-safe; a question is a few lookups in maps.
public final class NodeGraph {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PlacedPods pods = new PlacedPods();
    private final Map<String, Target> claimByVolume = new ConcurrentHashMap<>();
    private final Map<String, Set<Target>> secretsByVolume = new ConcurrentHashMap<>();
    private final Map<Target, Set<String>> volumesBySecret = new ConcurrentHashMap<>();
    private final Map<String, String> nodeByAttachment = new ConcurrentHashMap<>();
    private final Map<String, String> nodeBySlice = new ConcurrentHashMap<>();

    private final CountDownLatch complete = new CountDownLatch(1);

    /// Starts to follow the reader; blocks until its caches are loaded.
    public static NodeGraph follow(ObjectReader reader) {
        NodeGraph graph = new NodeGraph();
        graph.fill(reader);
        return graph;
    }

    /// Starts to follow the reader and does not wait for it: a server with many pods serves others meanwhile.
    public static NodeGraph followSoon(ObjectReader reader) {
        NodeGraph graph = new NodeGraph();
        VirtualThreads.background().name("node-graph").start(() -> graph.fill(reader));
        return graph;
    }

    private void fill(ObjectReader reader) {
        reader.watch(PersistentVolumeKind.KIND, new VolumeListener());
        reader.watch(VolumeAttachmentKind.KIND, new NodeNameListener(nodeByAttachment));
        reader.watch(ResourceSliceKind.KIND, new NodeNameListener(nodeBySlice));
        List<String> paths = new ArrayList<>(PodReferences.PATHS);
        paths.addAll(List.of("metadata.namespace", "spec.nodeName"));
        reader.watch(PodKind.KIND, paths, pods);
        complete.countDown();
    }

    /// Whether [#relates] answers at once.
    boolean isComplete() {
        return complete.getCount() == 0;
    }

    private void awaitComplete() {
        try {
            if (!complete.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw StatusException.unavailable("the pods are not all read yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusException.unavailable("the server is shutting down");
        }
    }

    /// Whether a pod on the node is this object or refers to it, for volumes by way of their claim.
    ///
    /// @param namespace empty for a PersistentVolume
    public boolean relates(String node, String resource, String namespace, String name) {
        awaitComplete();
        if (resource.equals("persistentvolumes")) {
            Target claim = claimByVolume.get(name);
            return claim != null && pods.relate(node, claim);
        }
        if (resource.equals("volumeattachments")) {
            return node.equals(nodeByAttachment.get(name));
        }
        if (resource.equals("resourceslices")) {
            return node.equals(nodeBySlice.get(name));
        }
        Target target = new Target(resource, namespace, name);
        if (pods.relate(node, target)) {
            return true;
        }
        return volumesBySecret.getOrDefault(target, Set.of()).stream()
                .anyMatch(volume -> relates(node, "persistentvolumes", "", volume));
    }

    private final class VolumeListener implements ObjectListener {
        @Override
        public void replaced(List<ObjectNode> all) {
            Set<String> stale = new HashSet<>(claimByVolume.keySet());
            for (ObjectNode volume : all) {
                stale.remove(Trees.name(volume));
                put(volume);
            }
            stale.forEach(this::remove);
        }

        @Override
        public void deleted(ObjectNode last) {
            remove(Trees.name(last));
        }

        @Override
        public void put(ObjectNode volume) {
            String name = Trees.name(volume);
            remove(name);
            String namespace = Trees.text(volume, "spec", "claimRef", "namespace");
            claimByVolume.put(
                    name,
                    new Target("persistentvolumeclaims", namespace, Trees.text(volume, "spec", "claimRef", "name")));
            Set<Target> secrets = VolumeSecrets.of(volume, (ns, secret) -> new Target("secrets", ns, secret));
            secretsByVolume.put(name, secrets);
            secrets.forEach(secret -> volumesBySecret
                    .computeIfAbsent(secret, key -> ConcurrentHashMap.newKeySet())
                    .add(name));
        }

        private void remove(String volume) {
            claimByVolume.remove(volume);
            Set<Target> secrets = secretsByVolume.remove(volume);
            if (secrets != null) {
                secrets.forEach(secret -> volumesBySecret.computeIfPresent(secret, (key, volumes) -> {
                    volumes.remove(volume);
                    return volumes.isEmpty() ? null : volumes;
                }));
            }
        }
    }

    /// Objects that are of one node, by name.
    private record NodeNameListener(Map<String, String> nodes) implements ObjectListener {
        @Override
        public void replaced(List<ObjectNode> all) {
            nodes.clear();
            all.forEach(this::put);
        }

        @Override
        public void put(ObjectNode now) {
            nodes.put(Trees.name(now), Trees.text(now, "spec", "nodeName"));
        }

        @Override
        public void deleted(ObjectNode last) {
            nodes.remove(Trees.name(last));
        }
    }
}
