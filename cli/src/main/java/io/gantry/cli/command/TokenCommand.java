package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.node.BootstrapTokens;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gantry token …`.
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Tokens by which further machines join.",
        subcommands = TokenCommand.Create.class)
public final class TokenCommand {
    /// `gantry token create`.
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a token and prints the command for the other machine.")
    public static final class Create implements Callable<Integer> {
        private static final Pattern LIFE = Pattern.compile("(\\d+)([smhd])");

        @Mixin
        private DataDirOption dataDir = new DataDirOption();

        @Option(names = "--ttl", defaultValue = "24h", description = "How long it is valid, e.g. 30m, 24h, 7d.")
        private String ttl = "24h";

        @Override
        public Integer call() {
            ClusterConfig config = dataDir.config();
            ClusterLayout layout = dataDir.layout();
            String token = BootstrapTokens.generate();
            try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
                BootstrapTokens.register(client, token, life(ttl), "made by gantry token create");
            }
            System.out.println("./gantry join " + config.apiServer().substring("https://".length()) + " --token "
                    + token + " --discovery-token-ca-cert-hash " + ClusterCertificates.authorityHash(layout));
            return 0;
        }

        static Duration life(String text) {
            Matcher matcher = LIFE.matcher(text);
            if (!matcher.matches()) {
                throw new CliException("--ttl " + text + ": write it as 30m, 24h or 7d");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
    }
}
