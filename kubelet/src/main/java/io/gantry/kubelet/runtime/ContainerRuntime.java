package io.gantry.kubelet.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the kubelet asks of a container runtime. Every call blocks, may be made from any thread, and throws
/// [RuntimeFailure]. Removing and stopping what does not exist succeeds.
public interface ContainerRuntime extends ImageService, AutoCloseable {
    RuntimeVersion version();

    /// Whether the runtime and its network can take pods.
    RuntimeHealth health();

    /// Every sandbox of this node.
    default List<Sandbox> sandboxes() {
        return sandboxes("");
    }

    /// The sandboxes of one pod, or all where the uid is empty, newest first; without their addresses.
    List<Sandbox> sandboxes(String podUid);

    /// One sandbox with its addresses; empty where it is gone.
    Optional<Sandbox> sandbox(String sandboxId);

    /// Runs a sandbox and returns its id.
    String runSandbox(SandboxSpec spec);

    /// Stops a sandbox and whatever runs in it; its network goes.
    void stopSandbox(String sandboxId);

    void removeSandbox(String sandboxId);

    /// The containers of one pod, or all where the uid is empty, newest first; without exit codes and times.
    List<RuntimeContainer> containers(String podUid);

    /// One container in full; empty where it is gone.
    Optional<RuntimeContainer> container(String containerId);

    /// Creates a container in a sandbox and returns its id.
    String createContainer(String sandboxId, ContainerSpec spec, SandboxSpec sandbox);

    void startContainer(String containerId);

    /// Sends the stop signal, then kills after the time; returns when the container is dead.
    void stopContainer(String containerId, Duration timeout);

    void removeContainer(String containerId);

    void updateResources(String containerId, LinuxResources resources);

    /// The runtime opens the container's log file anew (after a rotation).
    void reopenLog(String containerId);

    /// Runs a command to its end.
    ///
    /// @param timeout zero for none; past it [RuntimeFailure.Code#TIMEOUT] is thrown
    ExecOutcome exec(String containerId, List<String> command, Duration timeout);

    /// A one-time address that streams a command.
    URI exec(String containerId, List<String> command, StreamOptions options);

    /// A one-time address that streams the container's own process.
    URI attach(String containerId, StreamOptions options);

    /// A one-time address that streams to ports in a sandbox.
    URI portForward(String sandboxId, List<Integer> ports);

    /// Makes an image that is on the node mountable, until it is released. What was made under the key before goes.
    ImageView viewImage(String reference, String key);

    void releaseImageView(String key);

    /// Where images are kept and how much they take.
    ImageFilesystem imageFilesystem();

    List<ContainerUsage> usage();

    /// Tells the runtime the node's pod range.
    void podCidr(String cidr);

    /// Calls the listener when something about a container changed, until closed. The listener is only told that it
    /// should look again. Empty where the runtime has no events.
    Optional<AutoCloseable> onChange(Runnable listener);

    /// Metrics of the calls so far, in Prometheus' text format.
    default String metrics() {
        return "";
    }

    @Override
    void close();
}
