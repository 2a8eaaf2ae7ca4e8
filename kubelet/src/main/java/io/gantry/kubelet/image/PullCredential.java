package io.gantry.kubelet.image;

import io.gantry.kubelet.runtime.RegistryLogin;

/// A login, and the Secret that it stands in.
record PullCredential(RegistryLogin login, ImagePullSecret source) {}
