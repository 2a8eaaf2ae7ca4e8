package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodVolumesTest {
    @Test
    void volumesOfNoContainerAreNotSetUp() {
        Pod pod = Json.MAPPER.readValue("""
                {"spec":{
                  "volumes":[{"name":"mounted"},{"name":"device"},{"name":"unused"},{"name":"initial"},{"name":"read"}],
                  "initContainers":[{"name":"i","volumeMounts":[{"name":"initial"}]}],
                  "containers":[
                    {"name":"a","volumeMounts":[{"name":"mounted"}]},
                    {"name":"b","volumeDevices":[{"name":"device"}],
                     "env":[{"name":"E","valueFrom":{"fileKeyRef":{"volumeName":"read"}}}]}]}}
                """, Pod.class);
        assertEquals(
                List.of("mounted", "device", "initial", "read"),
                PodVolumes.used(pod).stream().map(Volume::name).toList());
    }
}
