package io.gantry.kubelet.image;

/// Where a login is from, and so who may use what it brings.
sealed interface PullSource {
    /// A Secret: for those who show it, or one that says the same.
    record OfSecret(ImagePullSecret secret) implements PullSource {}

    /// A credential provider that was shown a token of a service account: for that account's pods.
    record OfAccount(ImagePullServiceAccount account) implements PullSource {}

    /// The node itself: for all of its pods.
    record OfNode() implements PullSource {}

    /// Who may use it.
    default ImagePullCredentials credentials() {
        return switch (this) {
            case OfSecret(ImagePullSecret secret) -> ImagePullCredentials.of(secret);
            case OfAccount(ImagePullServiceAccount account) -> ImagePullCredentials.of(account);
            case OfNode() -> ImagePullCredentials.EVERYBODY;
        };
    }
}
