package io.gantry.kubelet.volume;

/// Others are still at work on a volume, e.g. attach it: nothing has failed, and nothing is told for a while.
public sealed class VolumeNotReady extends VolumeFailure permits VolumeLimitReached {
    public VolumeNotReady(String volume, String message) {
        super("", volume, message);
    }

    /// Upstream's words when a pod has waited long.
    @Override
    public String eventMessage() {
        return "Unable to attach or mount volumes: " + waiting();
    }

    final String waiting() {
        String names = "[" + volume() + "]";
        return "unmounted volumes=" + names + ", unattached volumes=" + names
                + ", failed to process volumes=[]: context deadline exceeded";
    }
}
