package io.gantry.kubelet.cri;

import io.gantry.api.decode.Bodies;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.ContainerSpec.DeviceSpec;
import io.gantry.kubelet.runtime.ContainerSpec.EnvEntry;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The files by which drivers describe devices (Container Device Interface), for a runtime that does not read them
/// itself: what they ask for becomes variables, mounts and devices of the container. What only a runtime can do, such
/// as hooks, is refused by name.
final class CdiSpecs {
    /// The later one counts.
    private static final List<Path> FOLDERS = List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"));

    private static final Set<String> KNOWN = Set.of("env", "deviceNodes", "mounts");

    private final List<Path> folders;

    CdiSpecs() {
        this(FOLDERS);
    }

    /// @param folders where the files are, those that count more last
    CdiSpecs(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /// The container with what its devices ask for, and without their names.
    ///
    /// @throws RuntimeFailure when a device is not described, or asks for what only a runtime can do
    ContainerSpec apply(ContainerSpec spec) {
        Map<String, List<JsonNode>> described = read();
        Set<JsonNode> edits = new LinkedHashSet<>();
        for (String name : spec.cdiDevices()) {
            List<JsonNode> found = described.get(name);
            if (found == null) {
                throw failure("unresolvable CDI device " + name);
            }
            edits.addAll(found);
        }
        List<EnvEntry> environment = new ArrayList<>(spec.environment());
        List<MountSpec> mounts = new ArrayList<>(spec.mounts());
        List<DeviceSpec> devices = new ArrayList<>(spec.devices());
        for (JsonNode edit : edits) {
            refuseUnknown(edit);
            edit.path("env").forEach(entry -> environment.add(variable(entry.asString(""))));
            edit.path("mounts").forEach(mount -> mounts.add(mount(mount)));
            edit.path("deviceNodes").forEach(node -> devices.add(device(node)));
        }
        return spec.edited(environment, mounts, devices);
    }

    /// The edits of each device by its name, those of its file first.
    private Map<String, List<JsonNode>> read() {
        Map<String, List<JsonNode>> described = new LinkedHashMap<>();
        for (Path folder : folders) {
            for (Path file : files(folder)) {
                JsonNode tree = tree(file);
                String kind = tree.path("kind").asString("");
                for (JsonNode device : tree.path("devices")) {
                    described.put(
                            kind + "=" + device.path("name").asString(""),
                            Stream.of(tree.path("containerEdits"), device.path("containerEdits"))
                                    .filter(JsonNode::isObject)
                                    .toList());
                }
            }
        }
        return described;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".json") || file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw failure("CDI files in " + folder + ": " + failure.getMessage());
        }
    }

    private static JsonNode tree(Path file) {
        try {
            return Bodies.yaml(Files.readAllBytes(file)).tree();
        } catch (IOException | RuntimeException malformed) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.OTHER, "CDI file " + file + ": " + malformed.getMessage(), malformed);
        }
    }

    private static void refuseUnknown(JsonNode edit) {
        for (String name : edit.propertyNames()) {
            if (!KNOWN.contains(name) && !edit.path(name).isEmpty()) {
                throw failure(
                        "the container runtime does not know CDI, and " + name + " of a device need one that does");
            }
        }
    }

    private static EnvEntry variable(String entry) {
        int equals = entry.indexOf('=');
        return new EnvEntry(
                equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
    }

    private static MountSpec mount(JsonNode mount) {
        String type = mount.path("type").asString("");
        if (!type.isEmpty() && !type.equals("none") && !type.equals("bind")) {
            throw failure(
                    "the container runtime does not know CDI, and a mount of type " + type + " needs one that does");
        }
        boolean readOnly = mount.path("options")
                .valueStream()
                .anyMatch(option -> option.asString("").equals("ro"));
        return MountSpec.of(
                mount.path("containerPath").asString(""), mount.path("hostPath").asString(""), readOnly);
    }

    private static DeviceSpec device(JsonNode node) {
        String path = node.path("path").asString("");
        return new DeviceSpec(
                path,
                node.path("hostPath").asString(path),
                node.path("permissions").asString("rwm"));
    }

    private static RuntimeFailure failure(String message) {
        return new RuntimeFailure(RuntimeFailure.Code.OTHER, message, null);
    }
}
