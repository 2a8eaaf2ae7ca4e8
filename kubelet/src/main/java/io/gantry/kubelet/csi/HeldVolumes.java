package io.gantry.kubelet.csi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Which pods of this node have which volumes of drivers. Begins with what the disk remembers, so that nothing is
/// forgotten over a restart. Thread-safe.
final class HeldVolumes {
    private final Map<String, Map<String, VolumeRef>> byPod = new HashMap<>();
    private final Set<VolumeKey> staged = new HashSet<>();
    private final Map<VolumeKey, VolumeRef> leftStaged = new TreeMap<>();
    private final Set<VolumeKey> notAttachable = new HashSet<>();
    private final Set<String> published = new HashSet<>();
    /// By the pod and the claim that it has the volume by.
    private final Map<String, VolumeRef> claimed = new HashMap<>();

    /// Reads what a former kubelet left.
    static HeldVolumes found(CsiPaths paths) throws IOException {
        HeldVolumes held = new HeldVolumes();
        for (Path pod : list(paths.directories().pods())) {
            String uid = pod.getFileName().toString();
            for (Path folder : list(paths.podVolumes(uid))) {
                VolumeData.read(folder, name(folder), false).ifPresent(volume -> held.hold(uid, volume, true));
            }
            for (Path link : list(paths.podDevices(uid))) {
                VolumeData.read(paths.deviceData(name(link)), name(link), true)
                        .ifPresent(volume -> held.hold(uid, volume, true));
            }
        }
        for (Path driver : list(paths.plugin())) {
            for (Path folder : list(driver)) {
                boolean block = name(driver).equals("volumeDevices");
                Path data = block ? folder.resolve("data") : folder;
                VolumeData.read(data, name(folder), block)
                        .ifPresent(volume -> held.leftStaged.put(volume.key(), volume));
            }
        }
        return held;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /// The pod has the volume from now on, mounted or not yet.
    synchronized void hold(String podUid, VolumeRef volume, boolean attachable) {
        byPod.computeIfAbsent(podUid, fresh -> new TreeMap<>()).put(volume.name(), volume);
        if (!attachable) {
            notAttachable.add(volume.key());
        }
    }

    /// The pod has the volume by a claim.
    synchronized void claimed(String podUid, String claim, VolumeRef volume) {
        claimed.put(podUid + "/" + claim, volume);
    }

    synchronized Optional<VolumeRef> claimed(String podUid, String claim) {
        return Optional.ofNullable(claimed.get(podUid + "/" + claim));
    }

    synchronized List<VolumeRef> of(String podUid) {
        return List.copyOf(byPod.getOrDefault(podUid, Map.of()).values());
    }

    synchronized Set<String> pods() {
        return Set.copyOf(byPod.keySet());
    }

    synchronized boolean isHeldByOthers(VolumeKey volume, String podUid) {
        return byPod.entrySet().stream()
                .filter(pod -> !pod.getKey().equals(podUid))
                .anyMatch(pod -> pod.getValue().values().stream()
                        .anyMatch(held -> held.key().equals(volume)));
    }

    /// The pod no longer has the volume, nor has it the node unless another pod does.
    synchronized void drop(String podUid, VolumeRef volume) {
        published.remove(podUid + "/" + volume.name());
        claimed.entrySet()
                .removeIf(entry -> entry.getKey().startsWith(podUid + "/")
                        && entry.getValue().equals(volume));
        Map<String, VolumeRef> volumes = byPod.getOrDefault(podUid, new TreeMap<>());
        volumes.remove(volume.name());
        if (volumes.isEmpty()) {
            byPod.remove(podUid);
        }
        if (!isHeldByOthers(volume.key(), "") && !leftStaged.containsKey(volume.key())) {
            notAttachable.remove(volume.key());
        }
    }

    synchronized void staged(VolumeKey volume) {
        staged.add(volume);
        leftStaged.remove(volume);
    }

    /// Whether this kubelet has had it staged.
    synchronized boolean isStaged(VolumeKey volume) {
        return staged.contains(volume);
    }

    synchronized void unstaged(VolumeKey volume) {
        staged.remove(volume);
        leftStaged.remove(volume);
        if (!isHeldByOthers(volume, "")) {
            notAttachable.remove(volume);
        }
    }

    /// It could not be unstaged: nobody knows what it is now, so that the next pod has it staged anew.
    synchronized void left(VolumeRef volume) {
        staged.remove(volume.key());
        leftStaged.put(volume.key(), volume);
    }

    synchronized void published(String podUid, VolumeRef volume) {
        published.add(podUid + "/" + volume.name());
    }

    /// Whether this kubelet has published it for the pod.
    synchronized boolean isPublished(String podUid, VolumeRef volume) {
        return published.contains(podUid + "/" + volume.name());
    }

    /// Volumes that are staged, or were, and no pod has.
    synchronized List<VolumeRef> forgotten() {
        return leftStaged.values().stream().filter(this::isForgotten).toList();
    }

    synchronized boolean isForgotten(VolumeRef volume) {
        return leftStaged.containsKey(volume.key()) && !isHeldByOthers(volume.key(), "");
    }

    /// What the Node's status says of volumes in use: those that can be attached.
    synchronized List<String> inUse() {
        Set<String> names = new TreeSet<>();
        List<VolumeRef> all = new ArrayList<>(leftStaged.values());
        byPod.values().forEach(volumes -> all.addAll(volumes.values()));
        all.stream()
                .filter(volume -> !volume.inline() && !notAttachable.contains(volume.key()))
                .forEach(volume -> names.add(volume.key().uniqueName()));
        staged.stream()
                .filter(volume -> !notAttachable.contains(volume))
                .forEach(volume -> names.add(volume.uniqueName()));
        return List.copyOf(names);
    }
}
