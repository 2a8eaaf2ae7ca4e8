package io.gantry.kubelet.image;

import java.util.Comparator;
import java.util.Objects;

/// A Secret that an image was pulled with (upstream `ImagePullSecret`).
///
/// @param credentialHash SHA-256 of what it said, as [CredentialHash] makes it
record ImagePullSecret(String uid, String namespace, String name, String credentialHash) {
    static final Comparator<ImagePullSecret> ORDER = Comparator.comparing(ImagePullSecret::namespace)
            .thenComparing(ImagePullSecret::name)
            .thenComparing(ImagePullSecret::uid);

    ImagePullSecret {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(credentialHash, "credentialHash");
    }

    /// Whether it is the same object, whatever it says now.
    boolean isSameObject(ImagePullSecret other) {
        return ORDER.compare(this, other) == 0;
    }

    /// Whether it says the same, whichever object it is.
    boolean saysTheSame(ImagePullSecret other) {
        return !credentialHash.isEmpty() && credentialHash.equals(other.credentialHash);
    }
}
