package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HostNameTest {
    @Test
    void isWhatTheKernelSays() throws Exception {
        assertEquals(uname(), HostName.read());
        assertEquals(uname().toLowerCase(Locale.ROOT), HostName.ofNode());
    }

    private static String uname() throws IOException {
        Process uname = new ProcessBuilder("uname", "-n").start();
        return new String(uname.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
