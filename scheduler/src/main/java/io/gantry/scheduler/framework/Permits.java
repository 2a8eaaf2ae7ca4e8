package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The pods that permit plugins hold, each with a node that is kept for it. Plugins find here whom to let
/// go.
/// Thread-safe.
public final class Permits {
    /// The longest a pod is held (upstream's `maxTimeout`).
    public static final Duration MAX_WAIT = Duration.ofMinutes(15);

    private final Map<String, HeldPod> held = new ConcurrentHashMap<>();

    /// Holds a pod for the plugins that asked for it.
    ///
    /// @param timeouts by the plugin's name
    public HeldPod hold(PodInfo pod, String node, Map<String, Duration> timeouts) {
        HeldPod fresh = new HeldPod(pod, node, timeouts);
        held.put(pod.uid(), fresh);
        return fresh;
    }

    /// The pod goes on, in one way or the other.
    public void release(HeldPod pod) {
        held.remove(pod.pod().uid(), pod);
    }

    public Optional<HeldPod> get(String uid) {
        return Optional.ofNullable(held.get(uid));
    }

    /// All held pods, in no order.
    public List<HeldPod> all() {
        return List.copyOf(held.values());
    }
}
