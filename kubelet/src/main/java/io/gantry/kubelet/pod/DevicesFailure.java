package io.gantry.kubelet.pod;

/// The devices of a pod's claims cannot be made ready, or cannot be taken back. It is tried again.
public final class DevicesFailure extends RuntimeException {
    public DevicesFailure(String message) {
        super(message);
    }

    public DevicesFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
