package io.gantry.cli.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisorClientTest {
    @TempDir
    private Path folder;

    /// The kernel takes connections and lines for a process that is held: nobody would ever answer.
    @Test
    void oneThatIsHeldDoesNotAnswer() throws Exception {
        Path socket = folder.resolve("s");
        Process supervisor = new ProcessBuilder("sh", "-c", "kill -STOP $$", "sh", "--socket=" + socket).start();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            SupervisorClient client = new SupervisorClient(socket);
            assertEquals(Optional.of(supervisor.pid()), client.pid());
            assertEquals(Optional.empty(), client.status());
        } finally {
            supervisor.destroyForcibly().waitFor();
        }
    }

    @Test
    void nobodyIsThere() {
        SupervisorClient client = new SupervisorClient(folder.resolve("none"));
        assertEquals(Optional.empty(), client.ask(SupervisorRequest.start(List.of())));
    }
}
