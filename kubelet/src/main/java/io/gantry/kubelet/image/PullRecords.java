package io.gantry.kubelet.image;

import io.gantry.component.Counts;
import io.gantry.kubelet.image.ImageAccess.Comparison;
import io.gantry.kubelet.image.ImageAccess.Origin;
import io.gantry.kubelet.image.ImageAccess.Result;
import io.gantry.kubelet.image.ImageAccess.Verdict;
import io.gantry.kubelet.runtime.ImageService;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which images this kubelet pulled and with whose credentials, so that a pod that lacks them does not get what another
/// pod's brought to the node (KEP-2535, upstream `pkg/kubelet/images/pullmanager`).
///
/// An intent is on disk before a pull begins, a record after it, and only then does the intent go: an image whose pull
/// was cut off by the kubelet's death counts as pulled by nobody knows whom. What cannot be read or written makes pods
/// pull, never lets them in. Thread-safe.
public final class PullRecords {
    private static final Logger LOG = LoggerFactory.getLogger(PullRecords.class);

    private final PullRecordStore store;
    private final VerificationPolicy policy;
    private final ImageService images;
    private final Clock clock;
    private final Counts looks = Counts.counter("kubelet_imagemanager_image_mustpull_checks_total", "result");
    /// How many pulls of an image are under way: the last one takes the intent away.
    private final Map<String, Integer> underWay = new HashMap<>();
    private boolean adopted;

    PullRecords(PullRecordStore store, VerificationPolicy policy, ImageService images, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.images = images;
        this.clock = clock;
    }

    /// In files below the kubelet's root.
    public static PullRecords under(Path rootDir, VerificationPolicy policy, ImageService images, Clock clock)
            throws IOException {
        return new PullRecords(PullRecordFiles.under(rootDir), policy, images, clock);
    }

    /// Of a node that pulls nothing.
    public static PullRecords none(VerificationPolicy policy, ImageService images, Clock clock) {
        return new PullRecords(PullRecordStore.none(), policy, images, clock);
    }

    /// A pull begins; [#pulled] or [#failed] must follow.
    ///
    /// @param image as the pod has it
    /// @throws IOException when that cannot be noted: the pull must not begin
    synchronized void intend(String image) throws IOException {
        adopt();
        store.writeIntent(image);
        underWay.merge(image, 1, Integer::sum);
    }

    /// A pull succeeded. What cannot be noted leaves the intent, so that whoever wants the image has to pull it.
    synchronized void pulled(String image, RuntimeImage present, ImagePullCredentials credentials) {
        try {
            learn(image, present, credentials);
        } catch (IOException failure) {
            LOG.error("failed to write image pulled record of {}", present.id(), failure);
            return;
        }
        end(image);
    }

    /// A pull did not succeed.
    synchronized void failed(String image) {
        end(image);
    }

    private void end(String image) {
        if (underWay.getOrDefault(image, 0) > 1) {
            underWay.merge(image, -1, Integer::sum);
            return;
        }
        try {
            store.deleteIntent(image);
            underWay.remove(image);
        } catch (IOException failure) {
            LOG.error("failed to remove image pull intent of {}", image, failure);
        }
    }

    /// Whether a pod has to pull an image that is on the node, since it may not use it as it is.
    ///
    /// @param image as the pod has it
    /// @param ofPod what the pod has for it; asked where they matter only, without a lock
    boolean mustPull(String image, RuntimeImage present, Supplier<OwnCredentials> ofPod) {
        Result result = switch (ImageAccess.judge(policy, image, origin(image, present.id()))) {
            case Verdict.Decided(Result decided) -> decided;
            case Verdict.Compare(ImagePullCredentials known) -> {
                Comparison comparison = ImageAccess.compare(known, ofPod.get());
                comparison.learnt().ifPresent(secret -> learnt(image, present, secret));
                yield comparison.result();
            }
        };
        looks.of(result.word()).increment();
        return !result.allows();
    }

    private synchronized Origin origin(String image, String imageRef) {
        try {
            adopt();
            Optional<ImagePulledRecord> record = store.pulled(imageRef);
            if (record.isPresent()) {
                return new Origin.Pulled(record.get());
            }
            boolean begun = underWay.containsKey(image) || store.hasIntent(image);
            return begun ? new Origin.Pulling() : new Origin.Preloaded();
        } catch (IOException failure) {
            LOG.error("unable to access records about image pulls", failure);
            return new Origin.Unknown();
        }
    }

    private synchronized void learnt(String image, RuntimeImage present, ImagePullSecret secret) {
        try {
            learn(image, present, ImagePullCredentials.of(secret));
        } catch (IOException failure) {
            LOG.error("failed to write image pulled record of {}", present.id(), failure);
        }
    }

    private void learn(String image, RuntimeImage present, ImagePullCredentials credentials) throws IOException {
        Instant now = clock.instant();
        Optional<ImagePulledRecord> known = Optional.empty();
        ImagePulledRecord before = ImagePulledRecord.of(present.id(), now);
        try {
            known = store.pulled(present.id());
            before = known.isPresent() ? known.get() : withPreloadedNames(before, image, present, now);
        } catch (IOException unreadable) {
            LOG.warn("an image pulled record is begun anew: {}", unreadable.getMessage());
        }
        String name = ImageName.withoutTag(image).orElse(image);
        ImagePulledRecord after = before.with(name, credentials, now);
        if (known.isEmpty() || !after.equals(before)) {
            store.write(after);
        }
    }

    private ImagePulledRecord withPreloadedNames(
            ImagePulledRecord begun, String image, RuntimeImage present, Instant now) throws IOException {
        ImagePulledRecord record = begun;
        for (String name : PreloadedNames.beside(image, present.tags(), store.intents())) {
            if (!policy.requires(name, false)) {
                record = record.with(name, ImagePullCredentials.EVERYBODY, now);
            }
        }
        return record;
    }

    /// Once: images whose pull a killed kubelet left behind become such that everybody has to pull. The
    /// intent of one that is not there stays, since the runtime may still be at it.
    private void adopt() throws IOException {
        if (adopted) {
            return;
        }
        for (String image : store.intents()) {
            Optional<RuntimeImage> present = find(ImageName.withTag(image).orElse(image));
            if (present.isPresent()) {
                learn(image, present.get(), ImagePullCredentials.NOBODY);
                store.deleteIntent(image);
            }
        }
        adopted = true;
    }

    private Optional<RuntimeImage> find(String image) throws IOException {
        try {
            return images.image(image);
        } catch (RuntimeFailure failure) {
            throw new IOException(
                    "image \"" + image + "\" of a pull that was cut off: " + failure.getMessage(), failure);
        }
    }

    /// Forgets images that are gone.
    ///
    /// @param imageRefs ids of those that are there
    /// @param began when they were looked up: a record that was written since then stays
    synchronized void prune(Set<String> imageRefs, Instant began) {
        try {
            for (ImagePulledRecord record : store.pulled()) {
                if (record.isOlderThan(began) && !imageRefs.contains(record.imageRef())) {
                    store.deletePulled(record.imageRef());
                }
            }
        } catch (IOException failure) {
            LOG.error("records of images that are gone were not removed", failure);
        }
    }

    /// In Prometheus' text format.
    public String metrics() {
        PullRecordStore.Sizes sizes = store.sizes();
        return looks.text()
                + Counts.gaugeNow("kubelet_imagemanager_ondisk_pullintents", "", sizes.intents())
                + Counts.gaugeNow("kubelet_imagemanager_ondisk_pulledrecords", "", sizes.pulled());
    }
}
