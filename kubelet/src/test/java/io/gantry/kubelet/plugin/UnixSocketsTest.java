package io.gantry.kubelet.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.plugin.v1.InfoRequest;
import io.gantry.kubelet.plugin.v1.PluginInfo;
import io.gantry.kubelet.plugin.v1.RegistrationGrpc;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketsTest {
    @TempDir
    private Path root;

    @Test
    void aSocketIsReachedWhoseNameIsLongerThanASystemCallTakes() throws Exception {
        Path folder = Files.createDirectories(root.resolve("a".repeat(60)).resolve("b".repeat(60)));
        Path link = Files.createSymbolicLink(root.resolve("l"), folder);
        PluginInfo info = PluginInfo.newBuilder().setName("there").build();
        try (PluginServer server = new PluginServer(link.resolve("reg.sock"), info);
                UnixSockets sockets = new UnixSockets("test")) {
            ManagedChannel channel = sockets.open(folder.resolve("reg.sock"));
            PluginInfo answer = RegistrationGrpc.newBlockingStub(channel).getInfo(InfoRequest.getDefaultInstance());
            UnixSockets.shutDown(channel);
            assertEquals("there", answer.getName());
            assertEquals(0, server.told().size());
        }
    }
}
