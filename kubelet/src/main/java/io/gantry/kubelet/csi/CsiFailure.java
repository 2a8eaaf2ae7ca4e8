package io.gantry.kubelet.csi;

/// A driver's call failed, or could not be made. The message is what users see in events.
public final class CsiFailure extends Exception {
    /// Whether the call has ended for sure: where it has not, the driver may still be at work on the volume.
    private final boolean isFinal;

    CsiFailure(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
    }

    CsiFailure(String message, boolean isFinal, Throwable cause) {
        super(message, cause);
        this.isFinal = isFinal;
    }

    boolean isFinal() {
        return isFinal;
    }
}
