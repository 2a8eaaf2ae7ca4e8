package io.gantry.cli.cluster;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kubeconfig that kubectl reads without being told. It is written only where the user has none, or where we wrote
/// it; never over somebody else's.
public final class UserKubeconfig {
    private static final String MARK = "# written by gantry up for ";

    private UserKubeconfig() {}

    /// Puts the admin kubeconfig at `~/.kube/config`.
    ///
    /// @return the file; empty when the user has another one there, or KUBECONFIG points elsewhere
    public static Optional<Path> place(ClusterLayout layout) {
        return place(layout, Path.of(System.getProperty("user.home"), ".kube", "config"), System.getenv("KUBECONFIG"));
    }

    static Optional<Path> place(ClusterLayout layout, Path file, @Nullable String variable) {
        if (variable != null && !variable.isEmpty()) {
            return variable.equals(layout.adminKubeconfig().toString())
                    ? Optional.of(Path.of(variable))
                    : Optional.empty();
        }
        String mark = MARK + layout.data() + "\n";
        try {
            if (Files.exists(file) && !Files.readString(file).startsWith(mark)) {
                return Optional.empty();
            }
            PrivateFiles.write(file, mark + Files.readString(layout.adminKubeconfig()));
            return Optional.of(file);
        } catch (IOException e) {
            throw new CliException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /// Removes the file if it is ours.
    public static void remove(ClusterLayout layout) {
        Path file = Path.of(System.getProperty("user.home"), ".kube", "config");
        try {
            if (Files.exists(file) && Files.readString(file).startsWith(MARK + layout.data() + "\n")) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CliException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
