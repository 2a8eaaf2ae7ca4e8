package io.gantry.cli.image;

import io.gantry.cli.CliException;
import io.gantry.cli.host.HostPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The sandbox image, made from Debian's static catatonit, so that no registry is needed.
public final class PauseImage {
    public static final String REFERENCE = "localhost/gantry/pause:1";

    private PauseImage() {}

    /// Writes the archive.
    public static void write(Path archive) {
        Path catatonit = HostPackages.find("catatonit")
                .orElseThrow(() -> new CliException("catatonit is missing: apt-get install catatonit"));
        try {
            Path work = Files.createTempDirectory("gantry-pause");
            try {
                Path root = Files.createDirectories(work.resolve("root"));
                Path program = root.resolve("pause");
                Files.copy(catatonit, program);
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                OciImage image = new OciImage(
                        REFERENCE, List.of("/pause", "-P"), List.of(), List.of(), "/", "65535:65535", List.of());
                image.write(root, Files.createDirectories(work.resolve("oci")), archive);
            } finally {
                Folders.delete(work);
            }
        } catch (IOException e) {
            throw new CliException("cannot make the pause image: " + e.getMessage(), e);
        }
    }
}
