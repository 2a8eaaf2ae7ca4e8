package io.gantry.kubelet.image;

import java.util.Optional;

/// Whether a pod may use an image that is on the node, or has to pull it with its own credentials to show that it may
/// (KEP-2535; upstream `PullManager.MustAttemptImagePull`). Pure.
final class ImageAccess {
    /// So many secrets are learnt for an image by comparing; further ones go on to be compared or to pull.
    static final int MAX_LEARNT = 100;

    private ImageAccess() {}

    /// What the node knows about how an image came.
    sealed interface Origin {
        /// Nobody here pulled it.
        record Preloaded() implements Origin {}

        /// A pull was begun, and is under way or was cut off.
        record Pulling() implements Origin {}

        record Pulled(ImagePulledRecord record) implements Origin {}

        /// There may be a record, but nobody can read it.
        record Unknown() implements Origin {}
    }

    /// Upstream's words for what came of a look (its metric has them as a label).
    enum Result {
        POLICY_ALLOWS("credentialPolicyAllowed"),
        RECORD_FOUND("credentialRecordFound"),
        MUST_AUTHENTICATE("mustAuthenticate"),
        ERROR("error");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        boolean allows() {
            return this == POLICY_ALLOWS || this == RECORD_FOUND;
        }
    }

    /// What follows from the node's side alone.
    sealed interface Verdict {
        record Decided(Result result) implements Verdict {}

        /// It depends on whether the pod has one of these.
        record Compare(ImagePullCredentials known) implements Verdict {}
    }

    /// What follows from a pod's credentials.
    ///
    /// @param learnt a secret that is to be known for the image from now on
    record Comparison(Result result, Optional<ImagePullSecret> learnt) {}

    /// @param image as the pod has it
    static Verdict judge(VerificationPolicy policy, String image, Origin origin) {
        if (origin instanceof Origin.Unknown) {
            return new Verdict.Decided(Result.ERROR);
        }
        if (!policy.requires(image, !(origin instanceof Origin.Preloaded))) {
            return new Verdict.Decided(Result.POLICY_ALLOWS);
        }
        if (!(origin instanceof Origin.Pulled(ImagePulledRecord record))) {
            return new Verdict.Decided(Result.MUST_AUTHENTICATE);
        }
        ImagePullCredentials known = ImageName.withoutTag(image)
                .map(name -> record.credentialMapping().get(name))
                .orElse(ImagePullCredentials.NOBODY);
        if (known.nodePodsAccessible()) {
            return new Verdict.Decided(Result.RECORD_FOUND);
        }
        return known.equals(ImagePullCredentials.NOBODY)
                ? new Verdict.Decided(Result.MUST_AUTHENTICATE)
                : new Verdict.Compare(known);
    }

    /// The service account that a provider was asked for counts. A secret counts that says what a known one says, and
    /// one that is the same object as a known one: its content was
    /// changed by somebody who may.
    static Comparison compare(ImagePullCredentials known, OwnCredentials ofPod) {
        if (ofPod.account().filter(known.kubernetesServiceAccounts()::contains).isPresent()) {
            return new Comparison(Result.RECORD_FOUND, Optional.empty());
        }
        boolean room = known.kubernetesSecrets().size() < MAX_LEARNT;
        for (ImagePullSecret secret : ofPod.secrets()) {
            for (ImagePullSecret other : known.kubernetesSecrets()) {
                boolean same = secret.isSameObject(other);
                if (secret.saysTheSame(other)) {
                    return new Comparison(Result.RECORD_FOUND, same || !room ? Optional.empty() : Optional.of(secret));
                }
                if (same && room) {
                    return new Comparison(Result.RECORD_FOUND, Optional.of(secret));
                }
            }
        }
        return new Comparison(Result.MUST_AUTHENTICATE, Optional.empty());
    }
}
