package io.gantry.kubelet.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerRuntimeContract;
import io.gantry.kubelet.runtime.ImageView;
import io.gantry.kubelet.volume.Mounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The contract against a real containerd that the test starts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriRuntimeTest extends ContainerRuntimeContract {
    private final Path root;
    private final ContainerdInstance containerd;
    private final CriRuntime runtime;

    CriRuntimeTest() throws IOException, InterruptedException {
        root = Files.createTempDirectory("cri-test");
        containerd = new ContainerdInstance(root);
        runtime = new CriRuntime(URI.create("unix://" + containerd.socket()));
    }

    @BeforeAll
    void createLogs() throws IOException {
        Files.createDirectories(root.resolve("logs"));
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        runtime.close();
        containerd.close();
        int removed = new ProcessBuilder("rm", "-rf", root.toString()).start().waitFor();
        org.junit.jupiter.api.Assertions.assertEquals(0, removed, "something is left in " + root);
    }

    @Test
    void showsAnImageWithoutAContainer() throws IOException {
        Mounts mounts = new Mounts();
        Path folder = root.resolve("view");
        ImageView first = runtime.viewImage(image(), "key");
        mounts.view(first, folder);
        try {
            assertEquals(-1, Files.mismatch(Path.of("/bin/busybox"), folder.resolve("bin/busybox")));
            assertThrows(FileSystemException.class, () -> Files.createFile(folder.resolve("new")));
        } finally {
            mounts.unmount(folder);
        }
        // After a reboot the key is taken and nothing is mounted.
        assertEquals(first.type(), runtime.viewImage(image(), "key").type());
        runtime.releaseImageView("key");
        runtime.releaseImageView("key");
    }

    @Override
    protected ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    protected String image() {
        return ContainerdInstance.SHELL;
    }

    @Override
    protected String logs() {
        return root.resolve("logs").toString();
    }
}
