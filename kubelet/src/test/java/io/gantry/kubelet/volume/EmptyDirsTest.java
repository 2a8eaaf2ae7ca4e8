package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The modes of empty folders as the kernel shows them; those in memory need root.
class EmptyDirsTest {
    @TempDir
    private Path root;

    private final Mounts mounts = new Mounts();

    @AfterEach
    void unmount() throws IOException {
        for (Path mount : Mounts.below(root)) {
            mounts.unmount(mount);
        }
    }

    private Path folder(String source, String security) throws IOException {
        Pod pod = Json.MAPPER.readValue(
                ("{'metadata':{'name':'p','namespace':'n','uid':'u'},'spec':{'securityContext':{" + security
                                + "},'volumes':[{'name':'v','emptyDir':{" + source + "}}]}}")
                        .replace('\'', '"'),
                Pod.class);
        return new EmptyDirs(new PodDirectories(root), mounts)
                .setUp(pod, "v", pod.spec().volumes().getFirst().emptyDir());
    }

    private void asRoot() throws IOException {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "needs root");
    }

    @Test
    void onDiskIsOpenToAll() throws IOException {
        assertEquals(0777, FilePermissions.get(folder("", "")));
    }

    @Test
    void inMemoryHasTheStickyBitToo() throws IOException {
        asRoot();
        assertEquals(01777, FilePermissions.get(folder("'medium':'Memory'", "")));
    }

    @Test
    void inMemoryBelongsToTheGroup() throws IOException {
        asRoot();
        Path folder = folder("'medium':'Memory','sizeLimit':'1Mi'", "'fsGroup':1234");
        assertEquals(03777, FilePermissions.get(folder));
        assertEquals(1234, Files.getAttribute(folder, "unix:gid"));
    }

    @Test
    void afterTheMachineStartedAgainItBelongsToTheGroupAsBefore() throws IOException {
        asRoot();
        mounts.unmount(folder("'medium':'Memory'", "'fsGroup':1234"));
        Path folder = folder("'medium':'Memory'", "'fsGroup':1234");
        assertEquals(03777, FilePermissions.get(folder));
        assertEquals(1234, Files.getAttribute(folder, "unix:gid"));
    }
}
