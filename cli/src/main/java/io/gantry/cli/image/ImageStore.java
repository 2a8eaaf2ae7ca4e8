package io.gantry.cli.image;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The images of this node's containerd.
public final class ImageStore {
    private static final long IMPORT_SECONDS = 300;

    private final ClusterLayout layout;

    public ImageStore(ClusterLayout layout) {
        this.layout = layout;
    }

    /// Loads an OCI or Docker archive.
    ///
    /// @throws CliException when the file is not there or is no image archive
    public String importArchive(Path archive) {
        if (!Files.isReadable(archive)) {
            throw new CliException("there is no readable file " + archive);
        }
        requireRunning();
        Command.Result result = ctr(List.of("images", "import", archive.toString()));
        if (!result.ok()) {
            throw new CliException(archive + " is no image archive that containerd reads: "
                    + result.output().strip());
        }
        return result.output().strip();
    }

    /// Names of all images.
    public List<String> names() {
        requireRunning();
        Command.Result result = ctr(List.of("images", "list", "-q"));
        if (!result.ok()) {
            throw new CliException("cannot list images: " + result.output().strip());
        }
        return result.output()
                .lines()
                .filter(line -> !line.startsWith("sha256:"))
                .toList();
    }

    /// Gives another node of this machine all images.
    ///
    /// @param archive a file that is made for it, and removed
    public void copyTo(ImageStore other, Path archive) {
        List<String> command = new java.util.ArrayList<>(List.of("images", "export", archive.toString()));
        command.addAll(names());
        try {
            Command.Result result = ctr(command);
            if (!result.ok()) {
                throw new CliException("the node's images cannot be exported: "
                        + result.output().strip());
            }
            other.importArchive(archive);
        } finally {
            remove(archive);
        }
    }

    private static void remove(Path archive) {
        try {
            Files.deleteIfExists(archive);
        } catch (IOException e) {
            throw new CliException("cannot remove " + archive + ": " + e.getMessage(), e);
        }
    }

    private void requireRunning() {
        if (!Files.exists(layout.containerdSocket())) {
            throw new CliException("the node is not running: start it with `gantry up` first");
        }
    }

    private Command.Result ctr(List<String> arguments) {
        List<String> command = new java.util.ArrayList<>(
                List.of("ctr", "--address", layout.containerdSocket().toString(), "--namespace", "k8s.io"));
        command.addAll(arguments);
        return Command.run(IMPORT_SECONDS, command);
    }
}
