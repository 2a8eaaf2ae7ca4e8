package io.gantry.kubelet.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.ContainerSpec.DeviceSpec;
import io.gantry.kubelet.runtime.ContainerSpec.EnvEntry;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.PlainSecurity;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.SecuritySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdiSpecsTest {
    @TempDir
    private Path folder;

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private ContainerSpec apply(String... devices) {
        ContainerSpec spec = new ContainerSpec(
                "c",
                0,
                "i",
                "i",
                List.of(),
                List.of(),
                "",
                List.of(new EnvEntry("A", "a")),
                List.of(),
                List.of(),
                List.of(devices),
                Map.of(),
                Map.of(),
                "c/0.log",
                false,
                false,
                false,
                LinuxResources.NONE,
                security());
        return new CdiSpecs(List.of(folder.resolve("none"), folder)).apply(spec);
    }

    private static SecuritySpec security() {
        return PlainSecurity.of(new SecuritySpec.Namespaces(false, false, false, false, ""));
    }

    @Test
    void whatADeviceAsksForIsInTheContainer() throws IOException {
        write("a.yaml", """
                cdiVersion: 0.6.0
                kind: example.com/gpu
                containerEdits:
                  env: [ALL=yes]
                devices:
                - name: d0
                  containerEdits:
                    env: ["ONE=a=b"]
                    deviceNodes:
                    - path: /dev/gpu0
                    - {path: /dev/ctl, hostPath: /dev/gpuctl, permissions: r}
                    mounts:
                    - {hostPath: /lib/gpu, containerPath: /gpu, options: [ro, bind]}
                - name: d1
                  containerEdits:
                    hooks: [{hookName: createContainer, path: /bin/true}]
                """);
        ContainerSpec spec = apply("example.com/gpu=d0");
        assertEquals(
                List.of(new EnvEntry("A", "a"), new EnvEntry("ALL", "yes"), new EnvEntry("ONE", "a=b")),
                spec.environment());
        assertEquals(
                List.of(
                        new DeviceSpec("/dev/gpu0", "/dev/gpu0", "rwm"),
                        new DeviceSpec("/dev/ctl", "/dev/gpuctl", "r")),
                spec.devices());
        assertEquals(List.of(MountSpec.of("/gpu", "/lib/gpu", true)), spec.mounts());
        assertEquals(List.of(), spec.cdiDevices());
        assertEquals(
                "the container runtime does not know CDI, and hooks of a device need one that does",
                assertThrows(RuntimeFailure.class, () -> apply("example.com/gpu=d1"))
                        .getMessage());
    }

    @Test
    void aDeviceThatNobodyDescribesIsRefused() throws IOException {
        write("a.json", "{\"kind\":\"example.com/gpu\",\"devices\":[]}");
        assertEquals(
                "unresolvable CDI device example.com/gpu=d0",
                assertThrows(RuntimeFailure.class, () -> apply("example.com/gpu=d0"))
                        .getMessage());
    }
}
