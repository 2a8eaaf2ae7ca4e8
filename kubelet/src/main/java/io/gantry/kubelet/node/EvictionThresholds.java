package io.gantry.kubelet.node;

import io.gantry.api.resource.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When a node is short, as `--eviction-hard` says it (upstream `pkg/kubelet/eviction/helpers.go`,
/// `ParseThresholdConfig`): signals with an amount or a share of the whole below which it is.
///
/// @param memory of `memory.available`
/// @param disk of `nodefs.available`: the file system of pods
/// @param images of `imagefs.available`: the file system of images, which may be the same
public record EvictionThresholds(Threshold memory, Threshold disk, Threshold images) {
    /// Upstream's, without those of inodes and process numbers.
    public static final String DEFAULT = "memory.available<100Mi,nodefs.available<10%,imagefs.available<15%";

    private static final String MEMORY = "memory.available";
    private static final String DISK = "nodefs.available";
    private static final String IMAGES = "imagefs.available";
    private static final List<String> SIGNALS = List.of(MEMORY, DISK, IMAGES);
    private static final Threshold NONE = new Threshold.Amount(0);

    /// How much there must be.
    public sealed interface Threshold {
        /// In bytes, of something that has so many.
        long of(long capacity);

        /// @param bytes 0 or more
        record Amount(long bytes) implements Threshold {
            @Override
            public long of(long capacity) {
                return bytes;
            }
        }

        /// @param percent 0 to 100
        record Share(double percent) implements Threshold {
            @Override
            public long of(long capacity) {
                return (long) (capacity * percent / 100);
            }
        }
    }

    /// @param text e.g. `memory.available<100Mi,nodefs.available<10%`; a signal that it does not name has no threshold
    /// @throws IllegalArgumentException naming what is wrong
    public static EvictionThresholds parse(String text) {
        Map<String, Threshold> found = new HashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int operator = part.indexOf('<');
            if (operator < 0) {
                throw wrong(part, "must be SIGNAL<AMOUNT");
            }
            String signal = part.substring(0, operator).strip();
            if (!SIGNALS.contains(signal)) {
                throw wrong(part, "this kubelet only knows " + String.join(", ", SIGNALS));
            }
            if (found.put(signal, threshold(part, part.substring(operator + 1).strip())) != null) {
                throw wrong(part, "is there twice");
            }
        }
        return new EvictionThresholds(
                found.getOrDefault(MEMORY, NONE), found.getOrDefault(DISK, NONE), found.getOrDefault(IMAGES, NONE));
    }

    private static Threshold threshold(String part, String amount) {
        if (amount.endsWith("%")) {
            double percent =
                    number(part, amount.substring(0, amount.length() - 1)).doubleValue();
            if (percent < 0 || percent > 100) {
                throw wrong(part, "a share is 0% to 100%");
            }
            return new Threshold.Share(percent);
        }
        long bytes = number(part, amount).longValue();
        if (bytes < 0) {
            throw wrong(part, "an amount is not negative");
        }
        return new Threshold.Amount(bytes);
    }

    private static BigDecimal number(String part, String text) {
        try {
            return Quantity.parse(text).amount();
        } catch (IllegalArgumentException malformed) {
            throw wrong(part, "neither an amount nor a share");
        }
    }

    private static IllegalArgumentException wrong(String part, String why) {
        return new IllegalArgumentException("--eviction-hard: \"" + part + "\": " + why);
    }
}
