package io.gantry.kubelet.deviceplugin;

import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which containers have which devices. Thread-safe.
final class HeldDevices {
    /// A container's devices of one resource.
    record Key(String pod, String container, String resource) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::pod).thenComparing(Key::container).thenComparing(Key::resource);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /// @param devices by NUMA node; a device at several stands there several times
    /// @param answer what the plugin said a container with them gets
    record Held(SortedMap<Long, List<String>> devices, ContainerAllocateResponse answer) {
        Held {
            devices = new TreeMap<>(devices);
        }

        SortedSet<String> ids() {
            SortedSet<String> ids = new TreeSet<>();
            devices.values().forEach(ids::addAll);
            return ids;
        }
    }

    private final SortedMap<Key, Held> entries = new TreeMap<>();

    synchronized void put(Key key, Held held) {
        entries.put(key, held);
    }

    synchronized Optional<SortedSet<String>> find(Key key) {
        return Optional.ofNullable(entries.get(key)).map(Held::ids);
    }

    /// By resource.
    synchronized SortedMap<String, Held> of(String pod, String container) {
        SortedMap<String, Held> held = new TreeMap<>();
        entries.forEach((key, value) -> {
            if (key.pod().equals(pod) && key.container().equals(container)) {
                held.put(key.resource(), value);
            }
        });
        return held;
    }

    /// The devices of a resource that anybody has.
    synchronized Set<String> taken(String resource) {
        Set<String> taken = new HashSet<>();
        entries.forEach((key, held) -> {
            if (key.resource().equals(resource)) {
                taken.addAll(held.ids());
            }
        });
        return taken;
    }

    synchronized boolean hasAny(String resource) {
        return entries.keySet().stream().anyMatch(key -> key.resource().equals(resource));
    }

    /// The pods that have any of these devices.
    synchronized Set<String> users(String resource, Set<String> devices) {
        Set<String> users = new HashSet<>();
        entries.forEach((key, held) -> {
            if (key.resource().equals(resource) && held.ids().stream().anyMatch(devices::contains)) {
                users.add(key.pod());
            }
        });
        return users;
    }

    synchronized Set<String> pods() {
        Set<String> pods = new HashSet<>();
        entries.keySet().forEach(key -> pods.add(key.pod()));
        return pods;
    }

    /// Whether there was anything to forget.
    synchronized boolean drop(String pod) {
        return entries.keySet().removeIf(key -> key.pod().equals(pod));
    }

    synchronized SortedMap<Key, Held> all() {
        return new TreeMap<>(entries);
    }
}
