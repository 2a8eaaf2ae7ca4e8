package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.client.Kubeconfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which cluster a command talks to: any that a kubeconfig names.
public final class KubeconfigOption {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--kubeconfig", description = "Of another cluster (default: KUBECONFIG, or this machine's).")
    private @Nullable Path kubeconfig;

    /// The kubeconfig's current context.
    ///
    /// @throws CliException when there is none that can be used
    Kubeconfig load() {
        Path file = file();
        if (!Files.isReadable(file)) {
            throw new CliException("cannot read the kubeconfig " + file
                    + ": start a cluster with `gantry up`, or name one with --kubeconfig");
        }
        try {
            return Kubeconfig.load(file);
        } catch (IllegalArgumentException e) {
            throw new CliException(Objects.toString(e.getMessage()), e);
        }
    }

    private Path file() {
        String variable = System.getenv("KUBECONFIG");
        return kubeconfig != null
                ? kubeconfig
                : variable != null && !variable.isEmpty()
                        ? Path.of(variable)
                        : dataDir.layout().adminKubeconfig();
    }
}
