package io.gantry.component;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The name of this machine.
public final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /// The kernel's name of this machine, as Go's `os.Hostname` tells it; no name server is asked.
    ///
    /// @throws IOException when the machine has none
    public static String read() throws IOException {
        return Files.isReadable(KERNEL)
                ? Files.readString(KERNEL).strip()
                : InetAddress.getLocalHost().getHostName();
    }

    /// The same as the name of its Node, in lower case (upstream `component-helpers/node/util`).
    ///
    /// @throws IOException when the machine has none
    public static String ofNode() throws IOException {
        return read().toLowerCase(Locale.ROOT);
    }
}
