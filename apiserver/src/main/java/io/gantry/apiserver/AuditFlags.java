package io.gantry.apiserver;

import io.gantry.component.Flags;
import java.nio.file.Path;
import java.util.Optional;

/// The flags of the audit log.
///
/// @param log `-` for standard output; without it nothing is logged
/// @param maxAgeDays and `maxBackups`: how long and how many full files are kept, 0 for all
/// @param maxMegabytes when a file is full; 0 given means the default, as in upstream
public record AuditFlags(
        Optional<Path> policy, Optional<String> log, int maxAgeDays, int maxBackups, int maxMegabytes) {
    private static final int MEGABYTES = 100;

    /// @throws IllegalArgumentException for another format than JSON
    static AuditFlags parse(Flags flags) {
        String format = flags.string("audit-log-format", "json");
        if (!format.equals("json")) {
            throw new IllegalArgumentException("--audit-log-format=" + format + ": this server knows only json");
        }
        int megabytes = flags.integer("audit-log-maxsize", MEGABYTES);
        return new AuditFlags(
                flags.optionalPath("audit-policy-file"),
                flags.optional("audit-log-path"),
                flags.integer("audit-log-maxage", 0),
                flags.integer("audit-log-maxbackup", 0),
                megabytes == 0 ? MEGABYTES : megabytes);
    }
}
