package io.gantry.kubelet.image;

import io.gantry.api.Copies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// That the kubelet pulled an image, and who may use it therefore (upstream `ImagePulledRecord` of
/// `kubelet.config.k8s.io/v1beta1`, as it stands in a file).
///
/// @param lastUpdatedTime to the second
/// @param imageRef the image's id, as the runtime gives it
/// @param credentialMapping by the image's name as pods have it, without tag and digest; a name that is not
///     there has to be pulled by whoever wants to use it
record ImagePulledRecord(
        String kind,
        String apiVersion,
        Instant lastUpdatedTime,
        String imageRef,
        Map<String, ImagePullCredentials> credentialMapping) {
    private static final String KIND = "ImagePulledRecord";

    ImagePulledRecord {
        PullRecordType.require(KIND, kind, apiVersion);
        Objects.requireNonNull(lastUpdatedTime, "lastUpdatedTime");
        Objects.requireNonNull(imageRef, "imageRef");
        credentialMapping = Copies.map(credentialMapping);
    }

    /// Of an image that nobody may use yet.
    static ImagePulledRecord of(String imageRef, Instant now) {
        return new ImagePulledRecord(KIND, PullRecordType.VERSION, second(now), imageRef, Map.of());
    }

    /// Lets those who have the credentials use it, too; this one where it tells that already.
    ImagePulledRecord with(String name, ImagePullCredentials more, Instant now) {
        ImagePullCredentials before = credentialMapping.getOrDefault(name, ImagePullCredentials.NOBODY);
        ImagePullCredentials after = before.and(more);
        if (after.equals(before)) {
            return this;
        }
        Map<String, ImagePullCredentials> mapping = new TreeMap<>(credentialMapping);
        mapping.put(name, after);
        return new ImagePulledRecord(KIND, PullRecordType.VERSION, second(now), imageRef, mapping);
    }

    /// Whether it was written before something began; what was written in the same second was not.
    boolean isOlderThan(Instant began) {
        return lastUpdatedTime.isBefore(second(began));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
