package io.gantry.kubelet.spec;

import io.gantry.kubelet.runtime.MountSpec;
import java.util.List;
import java.util.Map;

/// Where a container's mounts come from.
public interface MountSource {
    /// The container's mounts; makes the files that are mounted.
    ///
    /// @param env the container's environment, for paths that refer to it
    List<MountSpec> of(ContainerSpecs.Start start, Map<String, String> env) throws SpecFailure;
}
