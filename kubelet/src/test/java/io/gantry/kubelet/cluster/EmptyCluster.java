package io.gantry.kubelet.cluster;

import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.serviceaccount.ServiceAccount;
import java.util.List;
import java.util.Optional;

/// An API server that has nothing and takes nothing; tests put in what they need.
public abstract class EmptyCluster implements Cluster {
    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<ServiceAccount> serviceAccount(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public List<Service> services(String namespace) {
        return List.of();
    }

    @Override
    public boolean servicesSynced() {
        return true;
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> runtimeHandler(String runtimeClass) {
        return Optional.empty();
    }

    @Override
    public TokenRequest token(String namespace, String serviceAccount, TokenRequest request) {
        throw StatusException.internal("no tokens here");
    }

    @Override
    public Optional<Pod> pod(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Pod updateStatus(Pod pod) {
        throw StatusException.internal("no pods here");
    }

    @Override
    public Pod createPod(Pod pod) {
        throw StatusException.internal("no pods here");
    }

    @Override
    public void deletePod(Pod pod) {
        throw StatusException.internal("no pods here");
    }
}
