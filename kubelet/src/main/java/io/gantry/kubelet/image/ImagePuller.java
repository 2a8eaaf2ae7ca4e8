package io.gantry.kubelet.image;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.schema.GoDurations;
import io.gantry.component.Counts;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.credential.CredentialPlugins;
import io.gantry.kubelet.pod.BackOff;
import io.gantry.kubelet.pod.StartFailure;
import io.gantry.kubelet.runtime.ImageService;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.SandboxSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sees to it that a container's image is on the node (upstream `pkg/kubelet/images/image_manager.go`). Thread-safe;
/// at most [#MAX_PULLS] pulls at once.
public final class ImagePuller {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MAX_PULLS = 4;

    private final ImageService runtime;
    private final PodEvents events;
    private final Clock clock;
    private final PullCredentials credentials;
    private final PullRecords records;
    private final Counts requests = Counts.counter(
            "kubelet_image_manager_ensure_image_requests_total", "pull_policy", "present_locally", "pull_required");
    private final BackOff backOff = new BackOff(FIRST, LONGEST);
    private final Map<String, String> lastErrors = new ConcurrentHashMap<>();
    private final Semaphore pulls = new Semaphore(MAX_PULLS);

    public ImagePuller(
            ImageService runtime,
            Cluster cluster,
            CredentialPlugins plugins,
            PodEvents events,
            PullRecords records,
            Clock clock) {
        this.runtime = runtime;
        this.records = records;
        this.events = events;
        this.clock = clock;
        this.credentials = new PullCredentials(new PullSecrets(cluster), plugins);
    }

    /// An image that something of a pod needs.
    ///
    /// @param image as the pod's author wrote it
    /// @param pullPolicy upstream's words; by the tag where there is none
    /// @param fieldPath what of the pod events are about
    public record Wanted(String image, @Nullable String pullPolicy, String fieldPath) {
        String policy(String tagged) {
            String fallback = tagged.endsWith(":latest") ? "Always" : "IfNotPresent";
            return pullPolicy == null || pullPolicy.isEmpty() ? fallback : pullPolicy;
        }
    }

    /// The image, pulled if the policy asks for it. Blocks for as long as the pull takes; an interrupt ends it.
    public RuntimeImage ensure(Pod pod, Wanted wanted, SandboxSpec sandbox) throws StartFailure {
        String given = wanted.image();
        Optional<String> image = ImageName.withTag(given);
        if (image.isEmpty()) {
            String message = "Failed to apply default image tag \"" + given + "\": couldn't parse image name \"" + given
                    + "\": invalid reference format";
            events.warning(pod, wanted.fieldPath(), "InspectFailed", message);
            throw new StartFailure("InvalidImageName", message);
        }
        Optional<RuntimeImage> present = inspect(pod, wanted, image.get());
        String policy = wanted.policy(image.get());
        boolean usable = present.isPresent()
                && !policy.equals("Always")
                && !records.mustPull(given, present.get(), () -> OwnCredentials.of(credentials.of(pod, image.get())));
        count(policy, present.isPresent(), usable);
        if (usable) {
            events.normal(
                    pod,
                    wanted.fieldPath(),
                    "Pulled",
                    "Container image \"" + given + "\" already present on machine and can be accessed by the pod");
            return present.get();
        }
        if (policy.equals("Never")) { // one that the pod may not use is not told from one that is not there
            String message = "Container image \"" + given + "\" is not present with pull policy of Never";
            events.warning(pod, wanted.fieldPath(), "ErrImageNeverPull", message);
            throw new StartFailure("ErrImageNeverPull", message);
        }
        return pull(pod, wanted, image.get(), sandbox);
    }

    private void count(String policy, boolean present, boolean usable) {
        boolean always = policy.equals("Always");
        boolean hopeless = policy.equals("Never") && !present;
        requests.of(
                        policy.toLowerCase(Locale.ROOT),
                        always ? "unknown" : Boolean.toString(present),
                        hopeless ? "unknown" : Boolean.toString(!usable))
                .increment();
    }

    /// In Prometheus' text format.
    public String metrics() {
        return requests.text() + records.metrics() + credentials.metrics();
    }

    /// How long until a pull of the image is tried again; zero when nothing holds it back.
    public Duration remaining(Pod pod, String image) {
        return backOff.remaining(key(pod, image), clock.instant());
    }

    /// Forgets a pod that is gone.
    public void forget(String podUid) {
        backOff.forget(podUid + "_");
        lastErrors.keySet().removeIf(key -> key.startsWith(podUid + "_"));
    }

    private static String key(Pod pod, String image) {
        return PodIdentity.of(pod).uid() + "_" + image;
    }

    private Optional<RuntimeImage> inspect(Pod pod, Wanted wanted, String image) throws StartFailure {
        try {
            return runtime.image(image);
        } catch (RuntimeFailure failure) {
            String message = "Failed to inspect image \"" + image + "\": " + failure.getMessage();
            events.warning(pod, wanted.fieldPath(), "InspectFailed", message);
            throw new StartFailure("ImageInspectError", message);
        }
    }

    private RuntimeImage pull(Pod pod, Wanted wanted, String image, SandboxSpec sandbox) throws StartFailure {
        String given = wanted.image();
        String key = key(pod, given);
        if (backOff.remaining(key, clock.instant()).isPositive()) {
            String message = "Back-off pulling image \"" + given + "\"";
            events.normal(pod, wanted.fieldPath(), "BackOff", message);
            String last = lastErrors.get(key);
            throw new StartFailure("ImagePullBackOff", last == null ? message : message + ": ErrImagePull: " + last);
        }
        events.normal(pod, wanted.fieldPath(), "Pulling", "Pulling image \"" + given + "\"");
        Instant began = clock.instant();
        try {
            List<PullCredential> mine = credentials.of(pod, image); // asking for them takes no other pull's place
            pulls.acquire();
            Instant got = clock.instant();
            RuntimeImage pulled;
            try {
                pulled = recorded(given, () -> attempt(mine, image, sandbox));
            } finally {
                pulls.release();
            }
            events.normal(pod, wanted.fieldPath(), "Pulled", pulled(given, began, got, pulled.sizeBytes()));
            lastErrors.remove(key);
            return pulled;
        } catch (RuntimeFailure failure) {
            String why = Objects.requireNonNullElse(failure.getMessage(), "");
            events.warning(pod, wanted.fieldPath(), "Failed", "Failed to pull image \"" + given + "\": " + why);
            Instant now = clock.instant();
            backOff.next(key, now, now);
            lastErrors.put(key, why);
            throw new StartFailure("ErrImagePull", why);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure("ErrImagePull", "pull interrupted");
        }
    }

    private String pulled(String given, Instant began, Instant got, long bytes) {
        Instant now = clock.instant();
        return "Successfully pulled image \"" + given + "\" in " + time(got, now) + " (" + time(began, now)
                + " including waiting). Image size: " + bytes + " bytes.";
    }

    private static String time(Instant from, Instant to) {
        return GoDurations.text(Duration.between(from, to).truncatedTo(ChronoUnit.MILLIS));
    }

    /// An image that came, and who may use it therefore.
    private record Pulled(RuntimeImage image, ImagePullCredentials credentials) {}

    /// Pulls with the records written around it.
    private RuntimeImage recorded(String given, Supplier<Pulled> pull) {
        try {
            records.intend(given);
        } catch (IOException failure) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.OTHER,
                    "Failed to record image pull intent for container image \"" + given + "\": " + failure.getMessage(),
                    failure);
        }
        Optional<Pulled> pulled = Optional.empty();
        try {
            pulled = Optional.of(pull.get());
            return pulled.get().image();
        } finally {
            pulled.ifPresentOrElse(
                    done -> records.pulled(given, done.image(), done.credentials()), () -> records.failed(given));
        }
    }

    /// Tries each login until one is let in; without any, tries none.
    private Pulled attempt(List<PullCredential> credentials, String image, SandboxSpec sandbox) {
        if (credentials.isEmpty()) {
            runtime.pullImage(image, Optional.empty(), sandbox);
            return new Pulled(present(image), ImagePullCredentials.EVERYBODY);
        }
        List<RuntimeFailure> failures = new ArrayList<>();
        for (PullCredential credential : credentials) {
            try {
                runtime.pullImage(image, Optional.of(credential.login()), sandbox);
                return new Pulled(present(image), credential.source().credentials());
            } catch (RuntimeFailure failure) {
                failures.add(failure);
            }
        }
        throw together(failures);
    }

    /// What each login met: the last one is not always the one that its owner thinks of.
    private static RuntimeFailure together(List<RuntimeFailure> failures) {
        List<String> messages = failures.stream()
                .map(failure -> Objects.requireNonNullElse(failure.getMessage(), ""))
                .distinct()
                .toList();
        return messages.size() == 1
                ? failures.getLast()
                : new RuntimeFailure(
                        failures.getLast().code(), "[" + String.join(", ", messages) + "]", failures.getLast());
    }

    private RuntimeImage present(String image) {
        return runtime.image(image)
                .orElseThrow(() ->
                        new RuntimeFailure(RuntimeFailure.Code.OTHER, "image \"" + image + "\" is not there", null));
    }
}
