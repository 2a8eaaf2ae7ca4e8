package io.gantry.scheduler;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Lister;
import io.gantry.scheduler.plugins.ClusterView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The cluster as informers have it.
final class InformerClusterView implements ClusterView {
    private final Lister<Node> nodes;
    private final Lister<Namespace> namespaces;
    private final Lister<PersistentVolumeClaim> claims;
    private final Lister<PersistentVolume> volumes;
    private final Lister<StorageClass> classes;

    InformerClusterView(InformerFactory informers) {
        nodes = informers.informer(NodeKind.KIND).lister();
        namespaces = informers.informer(NamespaceKind.KIND).lister();
        claims = informers.informer(PersistentVolumeClaimKind.KIND).lister();
        volumes = informers.informer(PersistentVolumeKind.KIND).lister();
        classes = informers.informer(StorageClassKind.KIND).lister();
    }

    @Override
    public Optional<Node> node(String name) {
        return nodes.get("", name);
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return namespaces.get("", namespace).map(n -> n.metadata().labels()).orElse(Map.of());
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return claims.get(namespace, name);
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return volumes.get("", name);
    }

    @Override
    public List<PersistentVolume> volumes() {
        return volumes.all();
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return classes.get("", name);
    }
}
