package io.gantry.kubelet.volume;

import java.time.Instant;
import java.util.Optional;

/// How full a pod's volume is, as its driver told.
///
/// @param name the volume's in the pod
/// @param claim the claim that it comes by; empty for one that lives with the pod
public record VolumeRoom(String name, Optional<String> claim, Instant at, Amount bytes, Amount inodes) {
    /// Upstream tells zeros of what the driver does not tell.
    public record Amount(long available, long total, long used) {
        public static final Amount UNKNOWN = new Amount(0, 0, 0);
    }
}
