package io.gantry.apiserver.policy;

/// A policy or its binding cannot be used as it is configured.
final class PolicyFailure extends Exception {
    private static final long serialVersionUID = 1L;

    PolicyFailure(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
