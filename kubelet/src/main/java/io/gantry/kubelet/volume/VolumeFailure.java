package io.gantry.kubelet.volume;

/// A volume cannot be set up; the pod waits.
public final class VolumeFailure extends Exception {
    private final String volume;

    VolumeFailure(String volume, String message, Throwable cause) {
        super(message, cause);
        this.volume = volume;
    }

    /// As the FailedMount event says it.
    public String eventMessage() {
        return "MountVolume.SetUp failed for volume \"" + volume + "\" : " + getMessage();
    }
}
