package io.gantry.kubelet.cri;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerRuntimeContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
