package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules of CSIDrivers (upstream `ValidateCSIDriver`).
public final class CSIDriverRules implements KindRules<CSIDriver> {
    private static final int MAX_NAME = 63;
    private static final long MIN_TOKEN_SECONDS = 600;
    private static final long MAX_TOKEN_SECONDS = 1L << 32;
    private static final long MIN_UPDATE_PERIOD_SECONDS = 10;
    private static final List<String> GROUP_POLICIES = List.of("File", "None", "ReadWriteOnceWithFSType");

    @Override
    public void validate(CSIDriver object, FieldErrors errors) {
        if (object.metadata().name() != null && object.metadata().name().length() > MAX_NAME) {
            errors.tooLong("metadata.name", MAX_NAME);
        }
        if (object.spec().fsGroupPolicy() != null) {
            References.oneOf(object.spec().fsGroupPolicy(), GROUP_POLICIES, "spec.fsGroupPolicy", errors);
        }
        for (int i = 0; i < object.spec().volumeLifecycleModes().size(); i++) {
            References.oneOf(
                    object.spec().volumeLifecycleModes().get(i),
                    List.of("Ephemeral", "Persistent"),
                    "spec.volumeLifecycleModes[" + i + "]",
                    errors);
        }
        tokenRequests(object.spec().tokenRequests(), errors);
        Long period = object.spec().nodeAllocatableUpdatePeriodSeconds();
        if (period != null && period < MIN_UPDATE_PERIOD_SECONDS) {
            errors.invalid(
                    "spec.nodeAllocatableUpdatePeriodSeconds",
                    period,
                    "must be greater than or equal to " + MIN_UPDATE_PERIOD_SECONDS + " seconds");
        }
        Boolean inSecrets = object.spec().serviceAccountTokenInSecrets();
        if (inSecrets != null && object.spec().tokenRequests().isEmpty()) {
            errors.invalid(
                    "spec.serviceAccountTokenInSecrets",
                    inSecrets,
                    "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
        }
    }

    private static void tokenRequests(List<TokenRequest> requests, FieldErrors errors) {
        Set<String> audiences = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            String at = "spec.tokenRequests[" + i + "]";
            if (!audiences.add(requests.get(i).audience())) {
                errors.duplicate(at + ".audience", requests.get(i).audience());
                continue;
            }
            Long seconds = requests.get(i).expirationSeconds();
            if (seconds != null && seconds < MIN_TOKEN_SECONDS) {
                errors.invalid(at + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
            }
            if (seconds != null && seconds > MAX_TOKEN_SECONDS) {
                errors.invalid(
                        at + ".expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }

    /// Upstream's advice where tokens are asked for.
    @Override
    public List<String> warnings(CSIDriver object) {
        return object.spec().tokenRequests().isEmpty() || object.spec().serviceAccountTokenInSecrets() != null
                ? List.of()
                : List.of("spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to"
                        + " prevent possible logging of tokens in volume attributes");
    }

    @Override
    public void validateUpdate(CSIDriver object, CSIDriver old, FieldErrors errors) {
        Immutable.check(object.spec().attachRequired(), old.spec().attachRequired(), "spec.attachedRequired", errors);
        Immutable.check(
                object.spec().volumeLifecycleModes(),
                old.spec().volumeLifecycleModes(),
                "spec.volumeLifecycleModes",
                errors);
    }
}
