package io.gantry.cli.host;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Keeps Debian's packages from starting their services when they are installed, by the file that Debian's policy
/// names for it. A host that has the file has a policy of its own, which stays.
final class ServiceStarts implements AutoCloseable {
    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");
    private static final String NO_ACTION = "#!/bin/sh\nexit 101\n";

    private final boolean made;

    private ServiceStarts(boolean made) {
        this.made = made;
    }

    static ServiceStarts forbid() {
        if (Files.exists(POLICY)) {
            return new ServiceStarts(false);
        }
        try {
            Files.createFile(
                    POLICY, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(POLICY, NO_ACTION);
            return new ServiceStarts(true);
        } catch (IOException e) {
            throw new CliException("cannot write " + POLICY + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (made) {
            try {
                Files.deleteIfExists(POLICY);
            } catch (IOException e) {
                throw new CliException("remove " + POLICY + " by hand: " + e.getMessage(), e);
            }
        }
    }
}
