package io.gantry.kubelet.cluster;

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

/// What pods need of the API server. Calls block and throw [io.gantry.api.StatusException].
public interface Cluster {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    Optional<ServiceAccount> serviceAccount(String namespace, String name);

    /// The services of a namespace, from a cache.
    List<Service> services(String namespace);

    /// Whether [#services(String)] answers from a complete cache.
    boolean servicesSynced();

    Optional<PersistentVolumeClaim> claim(String namespace, String name);

    Optional<PersistentVolume> volume(String name);

    /// The runtime's handler that a RuntimeClass names; empty where there is no such class.
    Optional<String> runtimeHandler(String runtimeClass);

    /// Asks for a service-account token.
    TokenRequest token(String namespace, String serviceAccount, TokenRequest request);

    Optional<Pod> pod(String namespace, String name);

    /// Writes the status if the pod's resourceVersion still holds; that of a static pod into its mirror.
    Pod updateStatus(Pod pod);

    Pod createPod(Pod pod);

    /// Deletes the pod at once if it still has this uid; of a static pod, its mirror.
    void deletePod(Pod pod);
}
