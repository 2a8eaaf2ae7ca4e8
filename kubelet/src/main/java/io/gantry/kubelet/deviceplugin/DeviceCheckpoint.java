package io.gantry.kubelet.deviceplugin;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gantry.api.Json;
import io.gantry.component.WholeFile;
import io.gantry.kubelet.deviceplugin.HeldDevices.Held;
import io.gantry.kubelet.deviceplugin.HeldDevices.Key;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The file that keeps who has which devices over the kubelet's death: upstream's `kubelet_internal_checkpoint` in
/// content and checksum, since monitors of vendors read it, and since a node may change its kubelet. One thread at a
/// time.
final class DeviceCheckpoint {
    static final String NAME = "kubelet_internal_checkpoint";

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    /// What a file says.
    ///
    /// @param registered the resources that there were plugins for, with their healthy devices
    record Content(SortedMap<Key, Held> held, SortedMap<String, List<String>> registered) {}

    private final Path file;
    private byte[] written = new byte[0];

    DeviceCheckpoint(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /// @throws IOException also when the file is not what was written
    Content read() throws IOException {
        SortedMap<Key, Held> held = new TreeMap<>();
        SortedMap<String, List<String>> registered = new TreeMap<>();
        if (!exists()) {
            return new Content(held, registered);
        }
        try {
            JsonNode whole = Json.MAPPER.readTree(Files.readAllBytes(file));
            JsonNode data = whole.path("Data");
            long sum = checksum(data);
            if (whole.path("Checksum").asLong(-1) != sum) {
                throw new IOException(file + ": checkpoint is corrupted");
            }
            for (JsonNode entry : data.path("PodDeviceEntries")) {
                held.put(key(entry), held(entry));
            }
            data.path("RegisteredDevices")
                    .properties()
                    .forEach(entry -> registered.put(entry.getKey(), strings(entry.getValue())));
        } catch (JacksonException malformed) {
            throw new IOException(file + ": " + malformed.getOriginalMessage(), malformed);
        }
        return new Content(held, registered);
    }

    private static Key key(JsonNode entry) {
        return new Key(
                entry.path("PodUID").asString(""),
                entry.path("ContainerName").asString(""),
                entry.path("ResourceName").asString(""));
    }

    private static Held held(JsonNode entry) throws InvalidProtocolBufferException {
        SortedMap<Long, List<String>> devices = new TreeMap<>();
        entry.path("DeviceIDs")
                .properties()
                .forEach(node -> devices.put(Long.valueOf(node.getKey()), strings(node.getValue())));
        return new Held(devices, ContainerAllocateResponse.parseFrom(answer(entry)));
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(value -> value.asString("")).toList();
    }

    /// Writes the content, on disk when this returns, where it is not what was written last.
    void write(Content content) throws IOException {
        ObjectNode whole = Json.MAPPER.createObjectNode();
        ObjectNode data = whole.putObject("Data");
        ArrayNode entries = data.putArray("PodDeviceEntries");
        content.held().forEach((key, held) -> {
            ObjectNode entry = entries.addObject();
            entry.put("PodUID", key.pod());
            entry.put("ContainerName", key.container());
            entry.put("ResourceName", key.resource());
            ObjectNode devices = entry.putObject("DeviceIDs");
            held.devices().forEach((node, ids) -> fill(devices.putArray(Long.toString(node)), ids));
            entry.put("AllocResp", held.answer().toByteArray());
        });
        ObjectNode registered = data.putObject("RegisteredDevices");
        content.registered().forEach((resource, ids) -> fill(registered.putArray(resource), ids));
        whole.put("Checksum", checksum(data));
        byte[] bytes = Json.MAPPER.writeValueAsBytes(whole);
        if (!Arrays.equals(bytes, written)) {
            WholeFile.write(file, bytes);
            written = bytes;
        }
    }

    private static void fill(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }

    /// FNV-1a over what Go prints of the data (upstream `checksum.New`).
    static long checksum(JsonNode data) {
        int hash = FNV_OFFSET;
        for (byte each : printed(data).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each & 0xff) * FNV_PRIME;
        }
        return Integer.toUnsignedLong(hash);
    }

    private static String printed(JsonNode data) {
        JsonNode entries = data.path("PodDeviceEntries");
        JsonNode registered = data.path("RegisteredDevices");
        return "(checkpoint.checkpointData){PodDeviceEntries:([]checkpoint.PodDevicesEntry)"
                + (entries.isArray()
                        ? entries.valueStream().map(DeviceCheckpoint::entry).collect(Collectors.joining(" ", "[", "]"))
                        : "<nil>")
                + " RegisteredDevices:(map[string][]string)"
                + (registered.isObject() ? map(registered, Comparator.naturalOrder()) : "<nil>") + "}";
    }

    private static String entry(JsonNode entry) {
        return "{PodUID:(string)" + entry.path("PodUID").asString("")
                + " ContainerName:(string)" + entry.path("ContainerName").asString("")
                + " ResourceName:(string)" + entry.path("ResourceName").asString("")
                + " DeviceIDs:(checkpoint.DevicesPerNUMA)"
                + map(entry.path("DeviceIDs"), Comparator.comparing(Long::valueOf))
                + " AllocResp:([]uint8)" + (entry.path("AllocResp").isNull() ? "<nil>" : bytes(answer(entry))) + "}";
    }

    private static byte[] answer(JsonNode entry) {
        return Base64.getDecoder().decode(entry.path("AllocResp").asString(""));
    }

    private static String bytes(byte[] bytes) {
        List<String> numbers = new ArrayList<>();
        for (byte each : bytes) {
            numbers.add(Integer.toString(each & 0xff));
        }
        return "[" + String.join(" ", numbers) + "]";
    }

    private static String map(JsonNode map, Comparator<String> order) {
        return map.properties().stream()
                .sorted(Map.Entry.comparingByKey(order))
                .map(entry -> entry.getKey() + ":"
                        + (entry.getValue().isNull()
                                ? "<nil>"
                                : "[" + String.join(" ", strings(entry.getValue())) + "]"))
                .collect(Collectors.joining(" ", "map[", "]"));
    }
}
