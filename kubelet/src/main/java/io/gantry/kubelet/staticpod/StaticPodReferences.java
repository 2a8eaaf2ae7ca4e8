package io.gantry.kubelet.staticpod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.EnvVarSource;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.core.v1.pod.VolumeProjection;
import io.gantry.kubelet.pod.PodContainer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a pod wants of the API (upstream `pkg/api/pod/util.go`, `HasAPIObjectReference`): a static pod may want nothing
/// of it, for who writes files on a node would come by what the node may read. Pure.
final class StaticPodReferences {
    private StaticPodReferences() {}

    /// The resource that the pod names an object of; empty where there is none.
    static Optional<String> first(Pod pod) {
        PodSpec spec = pod.spec();
        if (spec.serviceAccountName() != null && !spec.serviceAccountName().isEmpty()) {
            return Optional.of("serviceaccounts");
        }
        if (!spec.imagePullSecrets().isEmpty() || anyEnv(pod, from -> from.secretKeyRef() != null)) {
            return Optional.of("secrets");
        }
        if (containers(pod).anyMatch(c -> c.envFrom().stream().anyMatch(from -> from.secretRef() != null))) {
            return Optional.of("secrets");
        }
        if (anyEnv(pod, from -> from.configMapKeyRef() != null)
                || containers(pod).anyMatch(c -> c.envFrom().stream().anyMatch(from -> from.configMapRef() != null))) {
            return Optional.of("configmaps");
        }
        if (!spec.resourceClaims().isEmpty()) {
            return Optional.of("resourceclaims");
        }
        return spec.volumes().stream().flatMap(volume -> of(volume).stream()).findFirst();
    }

    private static Stream<Container> containers(Pod pod) {
        return PodContainer.all(pod).stream().map(PodContainer::spec);
    }

    private static boolean anyEnv(Pod pod, Predicate<EnvVarSource> wanted) {
        return containers(pod)
                .flatMap(container -> container.env().stream())
                .map(variable -> variable.valueFrom())
                .filter(Objects::nonNull)
                .anyMatch(wanted);
    }

    private static Optional<String> of(Volume volume) {
        if (volume.configMap() != null) {
            return Optional.of("configmaps (via configmap volumes)");
        }
        if (volume.secret() != null) {
            return Optional.of("secrets (via secret volumes)");
        }
        if (volume.csi() != null) {
            return Optional.of("csidrivers (via CSI volumes)");
        }
        if (volume.persistentVolumeClaim() != null) {
            return Optional.of("persistentvolumeclaims");
        }
        if (volume.ephemeral() != null) {
            return Optional.of("persistentvolumeclaims (via ephemeral volumes)");
        }
        List<VolumeProjection> sources =
                volume.projected() == null ? List.of() : volume.projected().sources();
        return sources.stream().flatMap(source -> of(source).stream()).findFirst();
    }

    private static Optional<String> of(VolumeProjection source) {
        if (source.configMap() != null) {
            return Optional.of("configmaps (via projected volumes)");
        }
        if (source.secret() != null) {
            return Optional.of("secrets (via projected volumes)");
        }
        if (source.serviceAccountToken() != null) {
            return Optional.of("serviceaccounts (via projected volumes)");
        }
        if (source.clusterTrustBundle() != null) {
            return Optional.of("clustertrustbundles");
        }
        return source.podCertificate() == null ? Optional.empty() : Optional.of("podcertificates");
    }
}
