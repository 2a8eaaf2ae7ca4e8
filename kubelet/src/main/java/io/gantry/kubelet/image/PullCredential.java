package io.gantry.kubelet.image;

import io.gantry.kubelet.runtime.RegistryLogin;

/// A login, and where it is from.
record PullCredential(RegistryLogin login, PullSource source) {}
