package io.gantry.kubelet.deviceplugin;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.core.v1.pod.ResourceHealth;
import io.gantry.api.core.v1.pod.ResourceStatus;
import io.gantry.api.resource.Quantity;
import io.gantry.component.Histogram;
import io.gantry.kubelet.deviceplugin.HeldDevices.Held;
import io.gantry.kubelet.deviceplugin.HeldDevices.Key;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import io.gantry.kubelet.pod.DevicesFailure;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.PodDevices;
import io.gantry.kubelet.runtime.ContainerDevices;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/// Gives containers the devices that they ask for by limits, as the plugins' answers say (upstream `manager.go`, with
/// its words). One pod at a time is given any.
final class PluginDevices implements PodDevices {
    private static final double[] ENDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final DevicePlugins plugins;
    private final KnownDevices known;
    private final HeldDevices held;
    private final Runnable write;
    private final CountDownLatch podsKnown;
    private final ReentrantLock admission = new ReentrantLock();
    private final Histogram seconds =
            new Histogram("kubelet_device_plugin_alloc_duration_seconds", List.of("resource_name"), ENDS);

    /// @param write writes down who has what; fails when it cannot
    /// @param podsKnown counted down when what gone pods had was taken back
    PluginDevices(
            DevicePlugins plugins, KnownDevices known, HeldDevices held, Runnable write, CountDownLatch podsKnown) {
        this.plugins = plugins;
        this.known = known;
        this.held = held;
        this.write = write;
        this.podsKnown = podsKnown;
    }

    @Override
    public void admit(Pod pod, Set<String> begun) {
        List<PodContainer> asking = PodContainer.all(pod).stream()
                .filter(container -> container.role() != PodContainer.Role.EPHEMERAL
                        && !begun.contains(container.name())
                        && !asked(pod, container.spec()).isEmpty())
                .toList();
        if (asking.isEmpty()) {
            return;
        }
        awaitPods(pod);
        admission.lock();
        try {
            Map<String, SortedSet<String>> reusable = new HashMap<>();
            asking.forEach(container -> admit(pod, container, reusable));
        } finally {
            admission.unlock();
        }
    }

    /// What pods had that have gone is free first. A pod of the node's own files waits for no API server.
    private void awaitPods(Pod pod) {
        if (pod.metadata()
                .annotations()
                .getOrDefault("kubernetes.io/config.source", "api")
                .equals("api")) {
            try {
                podsKnown.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Devices of init containers are for those that come after them; those of sidecars are not.
    private void admit(Pod pod, PodContainer container, Map<String, SortedSet<String>> reusable) {
        allocate(pod, container.spec(), reusable);
        held.of(PodIdentity.of(pod).uid(), container.name()).forEach((resource, devices) -> {
            SortedSet<String> ids = reusable.computeIfAbsent(resource, fresh -> new TreeSet<>());
            if (container.role() == PodContainer.Role.INIT) {
                ids.addAll(devices.ids());
            } else {
                ids.removeAll(devices.ids());
            }
        });
    }

    /// The resources of plugins that a container asks for, and how many.
    private SortedMap<String, Long> asked(Pod pod, Container container) {
        SortedMap<String, Long> asked = new TreeMap<>();
        if (container.resources() != null) {
            container.resources().limits().forEach((resource, amount) -> {
                if (isOfPlugin(resource)
                        && !isOfClaim(pod, container, resource)
                        && amount.compareTo(Quantity.ZERO) > 0) {
                    asked.put(resource, amount.value());
                }
            });
        }
        return asked;
    }

    private boolean isOfPlugin(String resource) {
        return known.knows(resource) || held.hasAny(resource);
    }

    /// Whether a driver of dynamic resource allocation has it instead.
    private static boolean isOfClaim(Pod pod, Container container, String resource) {
        PodExtendedResourceClaimStatus claim = pod.status().extendedResourceClaimStatus();
        return claim != null
                && claim.requestMappings().stream()
                        .anyMatch(mapping -> mapping.containerName().equals(container.name())
                                && mapping.resourceName().equals(resource));
    }

    private void allocate(Pod pod, Container container, Map<String, SortedSet<String>> reusable) {
        boolean changed = false;
        for (Map.Entry<String, Long> wish : asked(pod, container).entrySet()) {
            Key key = new Key(PodIdentity.of(pod).uid(), container.name(), wish.getKey());
            SortedSet<String> devices =
                    choose(key, wish.getValue(), reusable.getOrDefault(wish.getKey(), new TreeSet<>()));
            if (!devices.isEmpty()) {
                long began = System.nanoTime();
                ContainerAllocateResponse answer = plugin(key.resource()).allocate(devices);
                seconds.of(key.resource()).observeNanos(System.nanoTime() - began);
                held.put(key, new Held(known.byNuma(key.resource(), devices), answer));
                changed = true;
            }
        }
        if (changed) {
            write.run();
        }
    }

    private DevicePlugin plugin(String resource) {
        return plugins.find(resource)
                .orElseThrow(() -> new DevicesFailure("endpoint " + resource + " has been stopped"));
    }

    /// The devices to ask for; none where the container has them.
    private SortedSet<String> choose(Key key, long required, SortedSet<String> reusable) {
        String resource = key.resource();
        SortedSet<String> had = held.find(key).orElse(new TreeSet<>());
        if (!had.isEmpty() && had.size() != required) {
            throw new DevicesFailure("pod \"" + key.pod() + "\" container \"" + key.container()
                    + "\" changed request for resource \"" + resource + "\" from " + had.size() + " to " + required);
        }
        SortedSet<String> healthy = known.healthy(resource)
                .orElseThrow(() -> new DevicesFailure("cannot allocate unregistered device " + resource));
        if (healthy.isEmpty()) {
            throw new DevicesFailure("no healthy devices present; cannot allocate unhealthy devices " + resource);
        }
        if (!healthy.containsAll(had)) {
            throw new DevicesFailure(
                    "previously allocated devices are no longer healthy; cannot allocate unhealthy devices "
                            + resource);
        }
        return had.isEmpty() ? free(resource, required, reusable, healthy) : new TreeSet<>();
    }

    private SortedSet<String> free(
            String resource, long required, SortedSet<String> reusable, SortedSet<String> healthy) {
        SortedSet<String> chosen = new TreeSet<>();
        take(reusable, required, chosen);
        if (chosen.size() == required) {
            return chosen;
        }
        SortedSet<String> available = new TreeSet<>(healthy);
        available.removeAll(held.taken(resource));
        long needed = required - chosen.size();
        if (available.size() < needed) {
            throw new DevicesFailure("requested number of devices unavailable for " + resource + ". Requested: "
                    + needed + ", Available: " + available.size());
        }
        SortedSet<String> all = new TreeSet<>(available);
        all.addAll(chosen);
        SortedSet<String> preferred =
                new TreeSet<>(plugin(resource).preferred(all, new TreeSet<>(chosen), (int) required));
        preferred.retainAll(available);
        take(preferred, required, chosen);
        take(available, required, chosen);
        return chosen;
    }

    private static void take(SortedSet<String> from, long required, SortedSet<String> chosen) {
        for (String device : from) {
            if (chosen.size() == required) {
                return;
            }
            chosen.add(device);
        }
    }

    @Override
    public void prepare(Pod pod) {
        // Done with the admission.
    }

    @Override
    public ContainerDevices of(Pod pod, Container container) {
        String uid = PodIdentity.of(pod).uid();
        boolean lacks = false;
        for (String resource : asked(pod, container).keySet()) {
            preStart(new Key(uid, container.name(), resource));
            lacks |= held.find(new Key(uid, container.name(), resource)).isEmpty();
        }
        if (lacks) {
            admission.lock();
            try {
                allocate(pod, container, Map.of());
            } finally {
                admission.unlock();
            }
        }
        return held.of(uid, container.name()).values().stream()
                .map(devices -> DeviceAnswers.given(devices.answer()))
                .reduce(ContainerDevices.NONE, ContainerDevices::and);
    }

    private void preStart(Key key) {
        if (plugins.find(key.resource()).filter(DevicePlugin::wantsPreStart).isPresent()) {
            SortedSet<String> devices = held.find(key)
                    .orElseThrow(() -> new DevicesFailure("no devices found allocated in local cache for pod "
                            + key.pod() + ", container " + key.container() + ", resource " + key.resource()));
            plugin(key.resource()).preStart(devices);
        }
    }

    @Override
    public void unprepare(String podUid) {
        if (held.drop(podUid)) {
            write.run();
        }
    }

    @Override
    public List<ResourceStatus> health(Pod pod, Container container) {
        List<ResourceStatus> statuses = new ArrayList<>();
        held.of(PodIdentity.of(pod).uid(), container.name())
                .forEach((resource, devices) -> statuses.add(new ResourceStatus(
                        resource,
                        devices.ids().stream()
                                .map(id -> new ResourceHealth(
                                        id, known.isHealthy(resource, id) ? "Healthy" : "Unhealthy", null))
                                .toList())));
        return statuses;
    }

    /// Prometheus text.
    String metrics() {
        return seconds.text();
    }
}
