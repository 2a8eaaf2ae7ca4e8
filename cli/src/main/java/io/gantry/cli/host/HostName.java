package io.gantry.cli.host;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The name of this machine, as a Node's name.
public final class HostName {
    private static final int MAX_LENGTH = 63;

    private HostName() {}

    /// The kernel's host name in lower case.
    public static String detect() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new CliException("cannot read this machine's name; say --node-name", e);
        }
    }

    /// Checks a Node's name.
    public static String valid(String name) {
        if (name.length() > MAX_LENGTH
                || !name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")) {
            throw new CliException(
                    "\"" + name + "\" cannot be a node's name (lower case letters, digits, '-' and '.', at most "
                            + MAX_LENGTH + "): say another with --node-name");
        }
        return name;
    }
}
