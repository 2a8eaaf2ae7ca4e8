package io.gantry.kubelet.image;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The type that files about pulls name.
final class PullRecordType {
    static final String VERSION = "kubelet.config.k8s.io/v1beta1";

    /// Upstream's kubelets up to 1.34 wrote the first.
    private static final Set<String> READ = Set.of("kubelet.config.k8s.io/v1alpha1", VERSION);

    private PullRecordType() {}

    /// @throws IllegalArgumentException where a file has another type
    static void require(String kind, @Nullable String given, @Nullable String version) {
        if (!kind.equals(given) || version == null || !READ.contains(version)) {
            throw new IllegalArgumentException("not a " + kind + " but a " + given + " of " + version);
        }
    }
}
