package io.gantry.kubelet.image;

/// A service account that an image was pulled for (upstream `ImagePullServiceAccount`). This kubelet has no credential
/// providers that could do so; it keeps what another one wrote.
record ImagePullServiceAccount(String uid, String namespace, String name) {}
