package io.gantry.kubelet.deviceplugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.kubelet.deviceplugin.DeviceCheckpoint.Content;
import io.gantry.kubelet.deviceplugin.HeldDevices.Held;
import io.gantry.kubelet.deviceplugin.HeldDevices.Key;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceCheckpointTest {
    @TempDir
    private Path folder;

    /// Upstream's function gave the number for the same data.
    @Test
    void theChecksumIsUpstreams() {
        assertEquals(4247660931L, DeviceCheckpoint.checksum(Json.MAPPER.readTree("""
                        {"PodDeviceEntries":[
                          {"PodUID":"u","ContainerName":"c","ResourceName":"r/x",
                           "DeviceIDs":{"0":["d2"],"-1":["d0","d1"]},"AllocResp":"Acg="},
                          {"PodUID":"v","ContainerName":"é","ResourceName":"r/x",
                           "DeviceIDs":{"-1":["d0"]},"AllocResp":""}],
                         "RegisteredDevices":{"r/x":["d0"],"a/b":[]}}""")));
    }

    @Test
    void whatIsWrittenIsReadAndNothingElse() throws IOException {
        Path file = folder.resolve(DeviceCheckpoint.NAME);
        Content content = new Content(
                new TreeMap<>(Map.of(
                        new Key("u", "c", "r/x"),
                        new Held(
                                new TreeMap<>(Map.of(-1L, List.of("d0"), 0L, List.of("d1", "d2"))),
                                ContainerAllocateResponse.newBuilder()
                                        .putEnvs("A", "b")
                                        .build()))),
                new TreeMap<>(Map.of("r/x", List.of("d0", "d1"))));
        assertEquals(Map.of(), new DeviceCheckpoint(file).read().held());
        new DeviceCheckpoint(file).write(content);
        assertEquals(content, new DeviceCheckpoint(file).read());
        Files.writeString(file, Files.readString(file).replace("d1", "d3"));
        IOException corrupted = assertThrows(IOException.class, () -> new DeviceCheckpoint(file).read());
        assertTrue(String.valueOf(corrupted.getMessage()).contains("corrupted"));
    }
}
