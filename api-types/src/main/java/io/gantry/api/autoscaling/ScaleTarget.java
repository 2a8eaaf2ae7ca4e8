package io.gantry.api.autoscaling;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.References;
import org.jspecify.annotations.Nullable;

/// What an autoscaler scales, in every version: what is scaled has a group, save the one kind of the core group that
/// can be.
public record ScaleTarget(String kind, String apiVersion) {
    public static ScaleTarget of(@Nullable String kind, @Nullable String apiVersion) {
        return new ScaleTarget(References.text(kind), References.text(apiVersion));
    }

    public void validate(FieldErrors errors) {
        String path = "spec.scaleTargetRef.apiVersion";
        int slash = apiVersion.indexOf('/');
        if (!apiVersion.equals("/") && slash != apiVersion.lastIndexOf('/')) {
            errors.invalid(path, apiVersion, "unexpected GroupVersion string: " + apiVersion);
        } else if (slash <= 0 && !kind.equals("ReplicationController")) {
            errors.invalid(path, apiVersion, "apiVersion must specify API group");
        }
    }
}
