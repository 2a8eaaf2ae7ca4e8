package io.gantry.apiserver.admission.podsecurity;

/// What a pod does that its level forbids.
///
/// @param reason short, e.g. `privileged`
/// @param detail where, e.g. `container "c" must not set securityContext.privileged=true`
record Violation(String reason, String detail) {
    @Override
    public String toString() {
        return detail.isEmpty() ? reason : reason + " (" + detail + ")";
    }
}
