package io.gantry.kubelet.runtime;

import io.gantry.api.core.v1.pod.Pod;
import java.util.Objects;

/// Which pod, across deletion and re-creation under the same name.
public record PodIdentity(String namespace, String name, String uid) {
    public static PodIdentity of(Pod pod) {
        return new PodIdentity(
                Objects.requireNonNullElse(pod.metadata().namespace(), ""),
                Objects.requireNonNullElse(pod.metadata().name(), ""),
                Objects.requireNonNullElse(pod.metadata().uid(), ""));
    }

    /// As upstream's messages name a pod: `name_namespace(uid)`.
    @Override
    public String toString() {
        return name + "_" + namespace + "(" + uid + ")";
    }

    /// The pod's folder below the log root: `namespace_name_uid`.
    public String logFolder() {
        return namespace + "_" + name + "_" + uid;
    }
}
