package io.gantry.kubelet.pod;

/// A pod's devices cannot be had, cannot be made ready, or cannot be taken back.
public final class DevicesFailure extends RuntimeException {
    public DevicesFailure(String message) {
        super(message);
    }

    public DevicesFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
