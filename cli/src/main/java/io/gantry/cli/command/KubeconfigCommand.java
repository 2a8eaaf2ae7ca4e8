package io.gantry.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `gantry kubeconfig`: the path and nothing else, for `export KUBECONFIG=$(./gantry kubeconfig)`.
@Command(
        name = "kubeconfig",
        mixinStandardHelpOptions = true,
        description = "Prints the path of the administrator's kubeconfig.")
public final class KubeconfigCommand implements Callable<Integer> {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Override
    public Integer call() {
        dataDir.config();
        System.out.println(dataDir.layout().adminKubeconfig());
        return 0;
    }
}
