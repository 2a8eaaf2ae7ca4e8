package io.gantry.cli.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.cli.CliException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostTextsTest {
    private static final String ADDRESSES = """
            [{"ifname":"docker0","addr_info":[{"family":"inet","local":"172.17.0.1"}]},
             {"ifname":"eth0","addr_info":[{"family":"inet","local":"192.0.2.2"}]}]""";

    @Test
    void theDefaultRoutesAddressIsTheNodes() {
        assertEquals("192.0.2.2", HostAddress.choose("[{\"dst\":\"default\",\"dev\":\"eth0\"}]", ADDRESSES));
        assertEquals("10.0.0.9", HostAddress.choose("[{\"dst\":\"default\",\"prefsrc\":\"10.0.0.9\"}]", ADDRESSES));
        assertEquals("172.17.0.1", HostAddress.choose("[]", ADDRESSES));
        assertThrows(CliException.class, () -> HostAddress.choose("[]", "[]"));
    }

    @Test
    void aTakenPortIsNamedWithWhatToDo() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            List<Ports.Wanted> wanted = List.of(new Ports.Wanted("0.0.0.0", port, "API server", "--api-port"));
            var e = assertThrows(CliException.class, () -> Ports.check(wanted, Set.of()));
            assertTrue(e.getMessage().contains("port " + port), e.getMessage());
            assertTrue(e.getMessage().contains("choose another with --api-port"), e.getMessage());
            assertDoesNotThrow(
                    () -> Ports.check(wanted, Set.of(ProcessHandle.current().pid())));
        }
    }

    @Test
    void aNodesNameIsADnsName() {
        assertEquals("vm-1.example", NodeName.valid("vm-1.example"));
        assertThrows(CliException.class, () -> NodeName.valid("Not_A_Name"));
    }
}
