package io.gantry.scheduler.extender;

/// An extender did not answer, or said that it failed: the pod is tried again later.
public final class ExtenderException extends RuntimeException {
    ExtenderException(String message) {
        super(message);
    }

    ExtenderException(String message, Throwable cause) {
        super(message, cause);
    }
}
