package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageVolumesTest {
    @TempDir
    private Path root;

    @Test
    void whatCannotBeMountedIsCounted() throws Exception {
        ContainerRuntime blind = (ContainerRuntime) Proxy.newProxyInstance(
                ContainerRuntime.class.getClassLoader(),
                new Class<?>[] {ContainerRuntime.class},
                (p, method, words) -> {
                    throw new RuntimeFailure(RuntimeFailure.Code.NOT_FOUND, method.getName(), null);
                });
        ImageVolumes volumes = new ImageVolumes(blind, new PodDirectories(root), new Mounts());
        volumes.prepare("uid", "v");
        assertEquals("", volumes.metrics());
        assertThrows(RuntimeFailure.class, () -> volumes.mount("uid", "v", "example.com/image:1"));
        assertEquals(
                "kubelet_image_volume_requested_total 1\nkubelet_image_volume_mounted_errors_total 1",
                volumes.metrics().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n")));
    }
}
