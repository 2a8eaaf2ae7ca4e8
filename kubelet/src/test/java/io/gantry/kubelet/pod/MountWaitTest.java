package io.gantry.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.kubelet.volume.VolumeFailure;
import io.gantry.kubelet.volume.VolumeLimitReached;
import io.gantry.kubelet.volume.VolumeNotReady;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountWaitTest {
    private static final String WAITING =
            "unmounted volumes=[pv], unattached volumes=[pv], failed to process volumes=[]:"
                    + " context deadline exceeded";

    private final MountWait wait = new MountWait();

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    @Test
    void aFailureIsToldAtOnce() {
        VolumeFailure failure = new VolumeFailure("MountVolume.SetUp", "pv", "no");
        assertEquals(
                Optional.of(new MountWait.Word.Trouble("MountVolume.SetUp failed for volume \"pv\" : no")),
                wait.failed(failure, at(0)));
    }

    @Test
    void waitingIsToldWhenItIsLong() {
        VolumeFailure failure = new VolumeNotReady("pv", "not attached");
        assertEquals(Optional.empty(), wait.failed(failure, at(0)));
        assertEquals(Optional.empty(), wait.failed(failure, at(122)));
        assertEquals(
                Optional.of(new MountWait.Word.Trouble("Unable to attach or mount volumes: " + WAITING)),
                wait.failed(failure, at(123)));
        assertEquals(Optional.empty(), wait.failed(failure, at(124)));
    }

    @Test
    void aNodeThatTakesNoMoreVolumesIsNotWaitedForForEver() {
        VolumeFailure failure = new VolumeLimitReached("pv", "not attached");
        assertEquals(Optional.empty(), wait.failed(failure, at(0)));
        assertEquals(
                Optional.of(new MountWait.Word.Rejection(
                        "Node has reached its volume attachment limit, rejecting pod. " + WAITING)),
                wait.failed(failure, at(123)));
    }
}
