package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.scheduler.config.SchedulerConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

/// The scheduler's configuration file that a user gives to `up`.
public final class SchedulerConfigFile {
    private static final String NONE = "none";

    private SchedulerConfigFile() {}

    /// Checks the file and keeps a copy of it in the data directory, under a name that tells its
    /// content, so that the scheduler is started anew when another one is given.
    ///
    /// @param file a path; `none` takes the configuration back
    /// @return the copy's path; empty for none
    /// @throws CliException with all mistakes that are in the file
    public static String keep(ClusterLayout layout, String file) {
        if (file.equals(NONE)) {
            return "";
        }
        Path given = Path.of(file);
        try {
            SchedulerConfiguration.load(given);
            byte[] content = Files.readString(given).getBytes(StandardCharsets.UTF_8);
            CRC32 crc = new CRC32();
            crc.update(content);
            Path copy = layout.data().resolve(String.format(Locale.ROOT, "scheduler-%08x.yaml", crc.getValue()));
            Files.createDirectories(layout.data());
            Files.write(copy, content);
            return copy.toString();
        } catch (IllegalArgumentException e) {
            throw new CliException("--scheduler-config " + file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CliException("cannot keep a copy of " + file + ": " + e.getMessage());
        }
    }
}
