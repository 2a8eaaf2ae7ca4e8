package io.gantry.kubelet.pod;

import java.time.Duration;

/// Durations as Go prints them, e.g. `10s`, `1m20s`, `5m0s`.
final class GoDuration {
    private GoDuration() {}

    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        return minutes < 60
                ? minutes + "m" + seconds % 60 + "s"
                : minutes / 60 + "h" + minutes % 60 + "m" + seconds % 60 + "s";
    }
}
