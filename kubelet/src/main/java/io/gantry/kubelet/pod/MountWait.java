package io.gantry.kubelet.pod;

import io.gantry.kubelet.volume.VolumeFailure;
import io.gantry.kubelet.volume.VolumeLimitReached;
import io.gantry.kubelet.volume.VolumeNotReady;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is told of volumes that cannot be mounted: a failure at once, waiting for others when it takes long. One owner.
final class MountWait {
    /// Upstream's `podAttachAndMountTimeout`.
    private static final Duration LONG = Duration.ofSeconds(123);

    private Optional<Instant> since = Optional.empty();

    /// What there is to tell.
    sealed interface Word {
        /// @param message of the event
        record Trouble(String message) implements Word {}

        /// The pod need not wait any longer: the node takes no more volumes.
        record Rejection(String message) implements Word {}
    }

    /// Empty for nothing yet.
    Optional<Word> failed(VolumeFailure failure, Instant now) {
        if (!(failure instanceof VolumeNotReady)) {
            since = Optional.empty();
            return Optional.of(new Word.Trouble(failure.eventMessage()));
        }
        Instant began = since.orElse(now);
        boolean isLong = Duration.between(began, now).compareTo(LONG) >= 0;
        since = Optional.of(isLong ? now : began);
        return isLong ? Optional.of(word(failure)) : Optional.empty();
    }

    private static Word word(VolumeFailure failure) {
        return failure instanceof VolumeLimitReached reached
                ? new Word.Rejection(reached.rejection())
                : new Word.Trouble(failure.eventMessage());
    }

    /// Whether others are at work, and it is to be looked at soon.
    boolean isWaiting() {
        return since.isPresent();
    }

    void done() {
        since = Optional.empty();
    }
}
