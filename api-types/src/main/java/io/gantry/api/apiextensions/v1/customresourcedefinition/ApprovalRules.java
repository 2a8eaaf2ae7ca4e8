package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.kind.FieldErrors;
import java.net.URI;
import java.util.Map;

/// The community's groups need an annotation that says who approved the API (upstream `apihelpers`, KEP-1111).
public final class ApprovalRules {
    public static final String ANNOTATION = "api-approved.kubernetes.io";
    private static final String MUST = "protected groups must have approval annotation \"" + ANNOTATION + "\"";
    private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

    /// How an API stands.
    public enum State {
        APPROVED,
        /// It says that it was not.
        BYPASSED,
        MISSING,
        INVALID
    }

    private ApprovalRules() {}

    /// Whether a group is the community's.
    public static boolean isProtected(String group) {
        return group.equals("k8s.io")
                || group.endsWith(".k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".kubernetes.io");
    }

    /// @param annotation the value, empty where there is none
    public static State state(String annotation) {
        if (annotation.isEmpty()) {
            return State.MISSING;
        }
        if (annotation.startsWith("unapproved")) {
            return State.BYPASSED;
        }
        return isUrl(annotation) ? State.APPROVED : State.INVALID;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getScheme() != null && uri.getHost() != null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    /// Upstream's words for a state.
    public static String reason(String annotation) {
        return switch (state(annotation)) {
            case APPROVED -> "approved in " + annotation;
            case BYPASSED -> "not approved: \"" + annotation + "\"";
            case MISSING -> MUST + SEE;
            case INVALID -> MUST + " with either a URL or a reason starting with \"unapproved\"" + SEE;
        };
    }

    static void validate(String group, Map<String, String> annotations, FieldErrors errors) {
        if (!isProtected(group)) {
            return;
        }
        String annotation = annotations.getOrDefault(ANNOTATION, "");
        String path = "metadata.annotations[" + ANNOTATION + "]";
        switch (state(annotation)) {
            case MISSING -> errors.required(path, reason(annotation));
            case INVALID -> errors.invalid(path, annotation, reason(annotation));
            case APPROVED, BYPASSED -> {}
        }
    }
}
