package io.gantry.kubelet.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which images of the node a pod has to show credentials for (upstream's `imagePullCredentialsVerificationPolicy` and
/// `preloadedImagesVerificationAllowlist`; `pkg/kubelet/images/pullmanager/image_pull_policies.go`). Pure.
///
/// @param allowlist names without tag and digest, or beginnings that end with a slash
public record VerificationPolicy(Kind kind, List<String> allowlist) {
    private static final String WILDCARD = "/*";

    /// What upstream has without a word about it: images that somebody put on the node are everybody's.
    public static final VerificationPolicy DEFAULT =
            new VerificationPolicy(Kind.NEVER_VERIFY_PRELOADED_IMAGES, List.of());

    /// Upstream's words.
    public enum Kind {
        NEVER_VERIFY("NeverVerify"),
        NEVER_VERIFY_PRELOADED_IMAGES("NeverVerifyPreloadedImages"),
        NEVER_VERIFY_ALLOWLISTED_IMAGES("NeverVerifyAllowlistedImages"),
        ALWAYS_VERIFY("AlwaysVerify");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /// @throws IllegalArgumentException naming those that there are
        public static Kind parse(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("valid options are "
                            + Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "))));
        }
    }

    public VerificationPolicy {
        allowlist = List.copyOf(allowlist);
    }

    /// @param patterns as people write them: names of images, or beginnings of such that end with `/*`
    /// @throws IllegalArgumentException for a pattern that is none, or that the policy would not look at
    public static VerificationPolicy of(Kind kind, List<String> patterns) {
        if (!patterns.isEmpty() && kind != Kind.NEVER_VERIFY_ALLOWLISTED_IMAGES) {
            throw new IllegalArgumentException("can be set only where the policy is "
                    + Kind.NEVER_VERIFY_ALLOWLISTED_IMAGES.word + ", not " + kind.word);
        }
        return new VerificationPolicy(
                kind, patterns.stream().map(VerificationPolicy::allowed).toList());
    }

    private static String allowed(String pattern) {
        boolean wildcard = pattern.endsWith(WILDCARD);
        String text = wildcard ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (text.contains("*")) {
            throw new IllegalArgumentException(
                    "not a valid wildcard pattern, only patterns ending with '/*' are allowed: " + pattern);
        }
        if (text.equals("/")) {
            throw new IllegalArgumentException("at least registry hostname is required: " + pattern);
        }
        if (!wildcard && !ImageName.withoutTag(text).equals(Optional.of(text))) {
            throw new IllegalArgumentException("not the name of an image without tag and digest: " + pattern);
        }
        return text;
    }

    /// Whether a pod has to show credentials for an image that is on the node.
    ///
    /// @param image as the pod has it
    /// @param pulledByKubelet whether there is a record of a pull; else somebody put it there
    boolean requires(String image, boolean pulledByKubelet) {
        return switch (kind) {
            case NEVER_VERIFY -> false;
            case NEVER_VERIFY_PRELOADED_IMAGES -> pulledByKubelet;
            case NEVER_VERIFY_ALLOWLISTED_IMAGES ->
                !isAllowed(ImageName.withoutTag(image).orElse(image));
            case ALWAYS_VERIFY -> true;
        };
    }

    private boolean isAllowed(String name) {
        return allowlist.stream()
                .anyMatch(allowed -> allowed.endsWith("/") ? name.startsWith(allowed) : name.equals(allowed));
    }
}
