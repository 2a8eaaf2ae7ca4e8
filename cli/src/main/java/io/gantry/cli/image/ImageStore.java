package io.gantry.cli.image;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The images of this node's containerd.
public final class ImageStore {
    private static final long IMPORT_SECONDS = 300;

    /// Containerd's own label (its `internal/cri/labels`).
    private static final String PINNED = "io.cri-containerd.pinned";

    private final ClusterLayout layout;

    public ImageStore(ClusterLayout layout) {
        this.layout = layout;
    }

    /// Loads an OCI or Docker archive. Its images are pinned: no registry may have them, so the kubelet shall not
    /// remove them when the disk is short.
    ///
    /// @throws CliException when the file is not there or is no image archive
    public String importArchive(Path archive) {
        String said = load(archive);
        pin(named(names(), said));
        return said;
    }

    private String load(Path archive) {
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
        return list();
    }

    private List<String> list(String... filters) {
        requireRunning();
        List<String> command = new ArrayList<>(List.of("images", "list", "-q"));
        command.addAll(List.of(filters));
        Command.Result result = ctr(command);
        if (!result.ok()) {
            throw new CliException("cannot list images: " + result.output().strip());
        }
        return result.output()
                .lines()
                .filter(line -> !line.startsWith("sha256:"))
                .toList();
    }

    /// Those of the names that a text has among its words; each version of `ctr` words its answer in its own way.
    static List<String> named(List<String> names, String text) {
        Set<String> words = Set.copyOf(Arrays.asList(text.split("\\s+")));
        return names.stream().filter(words::contains).toList();
    }

    /// Marks images for containerd's CRI, which then reports them as pinned (from 1.6.27 and 1.7.11 on).
    private void pin(List<String> names) {
        for (String name : names) {
            Command.Result result = ctr(List.of("images", "label", name, PINNED + "=pinned"));
            if (!result.ok()) {
                throw new CliException(
                        "cannot pin the image " + name + ": " + result.output().strip());
            }
        }
    }

    /// Gives another node of this machine all images; those that are pinned here are there.
    ///
    /// @param archive a file that is made for it, and removed
    public void copyTo(ImageStore other, Path archive) {
        List<String> command = new ArrayList<>(List.of("images", "export", archive.toString()));
        command.addAll(names());
        try {
            Command.Result result = ctr(command);
            if (!result.ok()) {
                throw new CliException("the node's images cannot be exported: "
                        + result.output().strip());
            }
            other.load(archive);
            other.pin(list("labels.\"" + PINNED + "\"==pinned"));
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
        List<String> command = new ArrayList<>(
                List.of("ctr", "--address", layout.containerdSocket().toString(), "--namespace", "k8s.io"));
        command.addAll(arguments);
        return Command.run(IMPORT_SECONDS, command);
    }
}
