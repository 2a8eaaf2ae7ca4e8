package io.gantry.kubelet.image;

/// A service account that an image was pulled for (upstream `ImagePullServiceAccount`): a credential provider was shown
/// its token.
record ImagePullServiceAccount(String uid, String namespace, String name) {}
