package io.gantry.kubelet.runtime;

import java.util.List;
import java.util.Optional;

/// What the kubelet asks of a container runtime about images. Every call blocks, may be made from any
/// thread, and throws [RuntimeFailure].
public interface ImageService {
    List<RuntimeImage> images();

    Optional<RuntimeImage> image(String reference);

    /// Pulls an image and returns its reference by digest.
    String pullImage(String reference, Optional<RegistryLogin> login, SandboxSpec sandbox);

    /// Removing what does not exist succeeds.
    void removeImage(String reference);
}
