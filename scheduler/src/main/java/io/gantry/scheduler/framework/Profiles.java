package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The profiles of one scheduler, by the `schedulerName` of their pods. They share the queue and its order.
public final class Profiles {
    /// The `schedulerName` of a pod that names none.
    public static final String DEFAULT_NAME = "default-scheduler";

    private final Map<String, Profile> byName = new LinkedHashMap<>();

    /// @param profiles at least one, each with a name of its own
    public Profiles(List<Profile> profiles) {
        profiles.forEach(profile -> byName.put(profile.schedulerName(), profile));
    }

    /// The profile that schedules the pod; empty when another scheduler does.
    public Optional<Profile> find(PodInfo pod) {
        return Optional.ofNullable(byName.get(nameOf(pod)));
    }

    /// The profile of a pod that is in the queue.
    public Profile of(PodInfo pod) {
        return Objects.requireNonNull(byName.get(nameOf(pod)), () -> "no profile for " + pod);
    }

    public Collection<Profile> all() {
        return byName.values();
    }

    /// The order of the shared queue.
    public QueueSortPlugin queueSort() {
        return byName.values().iterator().next().queueSort();
    }

    private static String nameOf(PodInfo pod) {
        String name = pod.pod().spec().schedulerName();
        return name == null || name.isEmpty() ? DEFAULT_NAME : name;
    }
}
