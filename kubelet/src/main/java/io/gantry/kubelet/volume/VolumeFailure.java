package io.gantry.kubelet.volume;

/// A volume cannot be set up; the pod waits.
public class VolumeFailure extends Exception {
    private final String step;
    private final String volume;

    /// @param step what failed, in upstream's words, e.g. `MountVolume.SetUp`
    public VolumeFailure(String step, String volume, String message, Throwable cause) {
        super(message, cause);
        this.step = step;
        this.volume = volume;
    }

    public VolumeFailure(String step, String volume, String message) {
        super(message);
        this.step = step;
        this.volume = volume;
    }

    String volume() {
        return volume;
    }

    /// As the FailedMount event says it.
    public String eventMessage() {
        return step + " failed for volume \"" + volume + "\" : " + getMessage();
    }
}
