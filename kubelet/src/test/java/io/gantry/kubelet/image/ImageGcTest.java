package io.gantry.kubelet.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.simulated.SimulatedRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which images go when the disk is short.
class ImageGcTest {
    private static final String PAUSE = "pause:1";
    private static final long GB = 1_000_000_000;

    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SimulatedRuntime runtime = new SimulatedRuntime(clock);
    private final ImageGc collector = new ImageGc(
            runtime,
            new ImageGc.Limits(85, 80, Long.MAX_VALUE),
            PAUSE,
            PullRecords.none(VerificationPolicy.DEFAULT, runtime, clock),
            clock);

    private static RuntimeImage image(String name, boolean pinned) {
        return new RuntimeImage("id-" + name, List.of(name), List.of(), 10, OptionalLong.empty(), "", pinned);
    }

    private List<String> goes(List<RuntimeImage> images, Set<String> inUse, long bytes) {
        return collector.select(images, inUse, bytes).stream()
                .map(image -> image.tags().getFirst())
                .toList();
    }

    @Test
    void whatIsPinnedInUseOrYoungStays() {
        List<RuntimeImage> before = List.of(
                image("a:1", false),
                image("b:1", false),
                image("used:1", false),
                image("kept:1", true),
                image(PAUSE, false));
        assertEquals(List.of(), goes(before, Set.of("id-used:1"), Long.MAX_VALUE));
        now = now.plus(Duration.ofMinutes(3));
        List<RuntimeImage> after = new ArrayList<>(before);
        after.add(image("young:1", false));
        assertEquals(List.of("a:1", "b:1"), goes(after, Set.of("id-used:1"), Long.MAX_VALUE));
        assertEquals(List.of("a:1"), goes(after, Set.of("id-used:1"), 5));
        assertEquals(List.of(), goes(after, Set.of("id-used:1"), 0));
    }

    @Test
    void theLongestUnusedGoesFirst() {
        List<RuntimeImage> images = List.of(image("a:1", false), image("b:1", false));
        goes(images, Set.of("a:1"), 0);
        now = now.plus(Duration.ofMinutes(1));
        goes(images, Set.of("a:1"), 0);
        now = now.plus(Duration.ofMinutes(3));
        assertEquals(List.of("b:1", "a:1"), goes(images, Set.of(), Long.MAX_VALUE));
    }

    /// Sizes in GB of a disk of 100 and one of 1000, beside upstream's shares with and without an amount that is
    /// enough.
    @ParameterizedTest
    @CsvSource(textBlock = """
            # high, low, enough, total, free, toFree
              85,   80,   900,   100,   16,   0
              85,   80,   900,   100,   15,   5
              85,   80,   900,   100,   2,    18
              85,   80,   900,   1000,  100,  100
              85,   80,   6,     1000,  100,  0
              85,   80,   6,     1000,  6,    2
              85,   80,   6,     1000,  2,    6
              85,   80,   60,    100,   15,   5
              100,  80,   900,   100,   0,    0
            """)
    void imagesGoFromTheHighMarkDownToTheLow(int high, int low, long enough, long total, long free, long toFree) {
        assertEquals(toFree * GB, new ImageGc.Limits(high, low, enough * GB).toFree(total * GB, free * GB));
    }

    @ParameterizedTest
    @CsvSource({"101, 80, --image-gc-high-threshold", "85, 86, --image-gc-low-threshold", "85, -1, --image-gc-low"})
    void limitsThatDoNotFitAreNamed(int high, int low, String flag) {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> new ImageGc.Limits(high, low, 0))
                        .getMessage());
        assertTrue(message.startsWith(flag), message);
    }
}
