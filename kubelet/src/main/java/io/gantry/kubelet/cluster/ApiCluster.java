package io.gantry.kubelet.cluster;

import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.serviceaccount.ServiceAccount;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.node.v1.runtimeclass.RuntimeClass;
import io.gantry.api.node.v1.runtimeclass.RuntimeClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.staticpod.MirrorPods;
import io.gantry.kubelet.staticpod.StaticPods;
import java.util.List;
import java.util.Optional;

/// The cluster over the API client.
public final class ApiCluster implements Cluster {
    private final Resource<ConfigMap> configMaps;
    private final Resource<Secret> secrets;
    private final Resource<PersistentVolumeClaim> claims;
    private final Resource<PersistentVolume> volumes;
    private final Resource<Pod> pods;
    private final ApiClient client;
    private final Informer<Service> services;
    private final MirrorPods mirrors;

    public ApiCluster(ApiClient client, Informer<Service> services) {
        this.client = client;
        this.configMaps = client.resource(ConfigMapKind.KIND);
        this.secrets = client.resource(SecretKind.KIND);
        this.claims = client.resource(PersistentVolumeClaimKind.KIND);
        this.volumes = client.resource(PersistentVolumeKind.KIND);
        this.pods = client.resource(PodKind.KIND);
        this.services = services;
        this.mirrors = new MirrorPods(client);
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return configMaps.find(namespace, name);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return secrets.find(namespace, name);
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return client.resource(ServiceAccountKind.KIND).find(namespace, name);
    }

    @Override
    public List<Service> services(String namespace) {
        return services.lister().inNamespace(namespace);
    }

    @Override
    public boolean servicesSynced() {
        return services.hasSynced();
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return claims.find(namespace, name);
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return volumes.find("", name);
    }

    @Override
    public Optional<String> runtimeHandler(String runtimeClass) {
        return client.resource(RuntimeClassKind.KIND).find("", runtimeClass).map(RuntimeClass::handler);
    }

    @Override
    public TokenRequest token(String namespace, String serviceAccount, TokenRequest request) {
        return client.resource(ServiceAccountKind.KIND)
                .post(namespace, serviceAccount, "token", request, TokenRequest.class);
    }

    @Override
    public Optional<Pod> pod(String namespace, String name) {
        return pods.find(namespace, name);
    }

    @Override
    public Pod updateStatus(Pod pod) {
        return StaticPods.isStatic(pod) ? mirrors.updateStatus(pod) : pods.updateStatus(pod);
    }

    @Override
    public Pod createPod(Pod pod) {
        return pods.create(pod);
    }

    @Override
    public void deletePod(Pod pod) {
        if (StaticPods.isStatic(pod)) {
            mirrors.delete(pod);
            return;
        }
        PodIdentity id = PodIdentity.of(pod);
        pods.delete(
                id.namespace(),
                id.name(),
                Deletion.defaults().withGraceSeconds(0).withUid(id.uid()));
    }
}
