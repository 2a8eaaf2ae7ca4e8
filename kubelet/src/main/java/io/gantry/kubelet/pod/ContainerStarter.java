package io.gantry.kubelet.pod;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.ImageVolumeSource;
import io.gantry.api.core.v1.pod.LifecycleHandler;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.kubelet.image.ImagePuller;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.spec.ContainerSpecs;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.spec.SpecFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Starts one container: image, create, start, postStart hook (upstream `kuberuntime_container.go`, startContainer).
final class ContainerStarter {
    private final PodContext context;
    private final ContainerStopper stopper;
    private final PodMailbox mailbox;

    ContainerStarter(PodContext context, ContainerStopper stopper, PodMailbox mailbox) {
        this.context = context;
        this.stopper = stopper;
        this.mailbox = mailbox;
    }

    /// What stands already when a container starts.
    record Stage(
            Pod pod,
            ObservedPod observed,
            String sandboxId,
            SandboxSpec sandbox,
            PodFacts facts,
            Map<String, Path> volumes) {}

    /// Blocks until the container runs and its hook is done.
    void start(Stage stage, PodContainer container) throws StartFailure {
        Pod pod = stage.pod();
        try {
            RuntimeImage image = image(stage, container);
            imageVolumes(stage, container);
            ContainerSpec spec = spec(stage, container, image);
            String id = create(stage, container, spec);
            run(pod, container, id);
            postStart(stage, container, id);
        } catch (StartFailure failure) {
            String said = failure.reason().startsWith("ErrImage")
                            || failure.reason().equals("ImagePullBackOff")
                            || failure.reason().equals("InvalidImageName")
                    ? failure.reason()
                    : failure.message();
            if (!failure.reason().equals("PostStartHookError") && !mailbox.ending()) {
                context.events().warning(pod, container.fieldPath(), "Failed", "Error: " + said);
            }
            throw failure;
        }
    }

    private RuntimeImage image(Stage stage, PodContainer container) throws StartFailure {
        ImagePuller.Wanted wanted = new ImagePuller.Wanted(
                Objects.requireNonNullElse(container.spec().image(), ""),
                container.spec().imagePullPolicy(),
                container.fieldPath());
        return ensure(stage, wanted);
    }

    private RuntimeImage ensure(Stage stage, ImagePuller.Wanted wanted) throws StartFailure {
        return mailbox.interruptibly(() -> context.images().ensure(stage.pod(), wanted, stage.sandbox()));
    }

    /// The images that are volumes of this container, pulled and mounted.
    private void imageVolumes(Stage stage, PodContainer container) throws StartFailure {
        for (Volume volume : stage.pod().spec().volumes()) {
            ImageVolumeSource source = volume.image();
            if (source != null && container.mounts(volume.name())) {
                String reference = Objects.requireNonNullElse(source.reference(), "");
                RuntimeImage image =
                        ensure(stage, new ImagePuller.Wanted(reference, source.pullPolicy(), container.fieldPath()));
                mount(stage.pod(), volume.name(), image.id());
            }
        }
    }

    private void mount(Pod pod, String volume, String image) throws StartFailure {
        try {
            context.files().mountImage(pod, volume, image);
        } catch (IOException failure) {
            throw new StartFailure("CreateContainerError", "volume \"" + volume + "\": " + failure.getMessage());
        } catch (RuntimeFailure failure) {
            throw new StartFailure("CreateContainerError", "volume \"" + volume + "\": " + description(failure));
        }
    }

    private ContainerSpec spec(Stage stage, PodContainer container, RuntimeImage image) throws StartFailure {
        try {
            String target = container.target().isEmpty()
                    ? ""
                    : stage.observed()
                            .latest(container.target())
                            .filter(RuntimeContainer::running)
                            .map(RuntimeContainer::id)
                            .orElseThrow(
                                    () -> new SpecFailure("unable to find target container " + container.target()));
            return context.containerSpecs()
                    .of(new ContainerSpecs.Start(
                            stage.pod(),
                            container,
                            attempt(stage, container),
                            image,
                            stage.facts(),
                            stage.volumes(),
                            context.devices().of(stage.pod(), container.spec()),
                            target));
        } catch (SpecFailure failure) {
            throw new StartFailure("CreateContainerConfigError", failure.text());
        } catch (StatusException | DevicesFailure failure) {
            throw new StartFailure("CreateContainerConfigError", Objects.requireNonNullElse(failure.getMessage(), ""));
        }
    }

    /// One more than the latest; where the runtime has forgotten it, the logs tell.
    private int attempt(Stage stage, PodContainer container) throws StartFailure {
        Optional<RuntimeContainer> latest = stage.observed().latest(container.name());
        Path logs = Path.of(stage.sandbox().logDirectory()).resolve(container.name());
        try {
            int attempt = latest.isPresent()
                    ? latest.get().attempt() + 1
                    : context.files().nextAttempt(logs);
            context.files().createLogFolder(logs);
            return attempt;
        } catch (IOException failure) {
            throw new StartFailure("CreateContainerError", "create container log directory: " + failure.getMessage());
        }
    }

    private String create(Stage stage, PodContainer container, ContainerSpec spec) throws StartFailure {
        try {
            String id = context.runtime().createContainer(stage.sandboxId(), spec, stage.sandbox());
            context.events().normal(stage.pod(), container.fieldPath(), "Created", "Container created");
            return id;
        } catch (RuntimeFailure failure) {
            throw new StartFailure("CreateContainerError", description(failure));
        }
    }

    private void run(Pod pod, PodContainer container, String id) throws StartFailure {
        try {
            context.runtime().startContainer(id);
            context.events().normal(pod, container.fieldPath(), "Started", "Container started");
        } catch (RuntimeFailure failure) {
            throw new StartFailure("RunContainerError", description(failure));
        }
    }

    private void postStart(Stage stage, PodContainer container, String id) throws StartFailure {
        var lifecycle = container.spec().lifecycle();
        LifecycleHandler hook = lifecycle == null ? null : lifecycle.postStart();
        if (hook == null) {
            return;
        }
        try {
            String ip = stage.facts().podIps().stream().findFirst().orElse("");
            context.hooks().run(hook, container.spec(), id, ip, Duration.ZERO);
        } catch (Hooks.HookFailure failure) {
            // What the hook said is not told in an event: it could be a secret.
            context.events().warning(stage.pod(), container.fieldPath(), "FailedPostStartHook", "PostStartHook failed");
            stopper.stop(stage.pod(), container, id, "FailedPostStartHook", Grace.of(stage.pod()), "");
            throw new StartFailure("PostStartHookError", Objects.requireNonNullElse(failure.getMessage(), ""));
        }
    }

    /// The runtime's words without gRPC's, as upstream shows them.
    private static String description(RuntimeFailure failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        int at = message.indexOf(" desc = ");
        return at < 0 ? message : message.substring(at + " desc = ".length());
    }
}
