package io.gantry.kubelet.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a pod itself can show for an image, other than what every pod of the node can.
record OwnCredentials(List<ImagePullSecret> secrets, Optional<ImagePullServiceAccount> account) {
    static final OwnCredentials NONE = new OwnCredentials(List.of(), Optional.empty());

    OwnCredentials {
        secrets = List.copyOf(secrets);
    }

    static OwnCredentials of(List<PullCredential> credentials) {
        List<ImagePullSecret> secrets = new ArrayList<>();
        Optional<ImagePullServiceAccount> account = Optional.empty();
        for (PullCredential credential : credentials) {
            switch (credential.source()) {
                case PullSource.OfSecret(ImagePullSecret secret) -> secrets.add(secret);
                case PullSource.OfAccount(ImagePullServiceAccount its) -> account = Optional.of(its);
                case PullSource.OfNode() -> {}
            }
        }
        return new OwnCredentials(secrets, account);
    }
}
