package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.node.StateMove;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gantry store move`.
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = "Where the cluster's state is.",
        subcommands = StoreCommand.Move.class)
public final class StoreCommand {
    /// `gantry store move --to etcd`.
    @Command(
            name = "move",
            mixinStandardHelpOptions = true,
            description = "Moves the state of a cluster that is down to another store.")
    static final class Move implements Callable<Integer> {
        @Mixin
        private DataDirOption dataDir = new DataDirOption();

        @Option(names = "--to", required = true, description = "embedded or etcd.")
        private String to = "";

        @Mixin
        private StoreOptions.Etcd etcd = new StoreOptions.Etcd();

        @Option(names = "--overwrite", description = "Replace the cluster that an etcd of yours holds.")
        private boolean overwrite;

        @Override
        public Integer call() {
            DataDirOption.requireRoot("store move");
            ClusterConfig config = dataDir.config();
            var target = etcd.chosen(to);
            if (target.equals(config.store())) {
                throw new CliException("the cluster's store is " + target.describe() + " already");
            }
            new StateMove(dataDir.layout(), new Progress(System.out)).move(config, target, overwrite);
            return 0;
        }
    }
}
