package io.gantry.cli.node;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this host's kernel allows; found out, not assumed.
///
/// @param cgroupVersion 1 or 2
/// @param sysResource whether CAP_SYS_RESOURCE is there
/// @param appArmor whether AppArmor is enabled
/// @param systemd whether systemd is the init process
public record HostFeatures(int cgroupVersion, boolean sysResource, boolean appArmor, boolean systemd) {
    private static final int CAP_SYS_RESOURCE = 24;

    public static HostFeatures detect() {
        boolean unified = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
        return new HostFeatures(
                unified ? 2 : 1,
                hasCapability(read(Path.of("/proc/self/status")), CAP_SYS_RESOURCE),
                Files.exists(Path.of("/sys/module/apparmor/parameters/enabled"))
                        && read(Path.of("/sys/module/apparmor/parameters/enabled"))
                                .startsWith("Y"),
                Files.isDirectory(Path.of("/run/systemd/system")));
    }

    /// Whether `CapEff` of a `/proc/…/status` text has a capability.
    static boolean hasCapability(String status, int capability) {
        return status.lines()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >> capability & 1) == 1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
