package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.ExtraConfig;
import io.gantry.cli.host.HostAddress;
import io.gantry.cli.host.NodeName;
import io.gantry.cli.node.AgentJoin;
import io.gantry.cli.node.HeldProcess;
import io.gantry.cli.node.HoldWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gantry join`: this machine becomes a node of another machine's cluster.
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description = "Makes this machine a node of a cluster; `gantry token create` there prints the command.")
public final class JoinCommand implements Callable<Integer> {
    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Parameters(paramLabel = "HOST:PORT", description = "The API server.")
    private String server = "";

    @Option(names = "--token", required = true, description = "A token of that cluster.")
    private String token = "";

    @Option(
            names = "--discovery-token-ca-cert-hash",
            required = true,
            paramLabel = "sha256:HEX",
            description = "Hash of the cluster's CA: the server is trusted only if it fits.")
    private String caHash = "";

    @Option(names = "--node-name", description = "Name of this node (default: the host's name).")
    private @Nullable String nodeName;

    @Option(names = "--node-ip", description = "Address of this node (default: that of the default route).")
    private @Nullable String nodeIp;

    @Option(names = "--registry-mirror", paramLabel = "HOST=URL", description = "Pull images of HOST from URL.")
    private List<String> registryMirrors = new ArrayList<>();

    @Option(
            names = "--allowed-unsafe-sysctls",
            split = ",",
            paramLabel = "NAME",
            description = "Let pods of this node set these sysctls too; a name may end with *.")
    private List<String> unsafeSysctls = new ArrayList<>();

    @Option(
            names = "--extra-config",
            paramLabel = "COMPONENT.FLAG=VALUE",
            description = "Pass this flag to the kubelet or kube-proxy of this node, e.g. kubelet.max-pods=50.")
    private List<String> extraConfig = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        DataDirOption.requireRoot("join");
        if (!server.matches("[^:/]+:\\d+")) {
            throw new CliException("\"" + server + "\" is no HOST:PORT");
        }
        if (!token.matches("[a-z0-9]{6}\\.[a-z0-9]{16}")) {
            throw new CliException(
                    "\"" + token + "\" is no bootstrap token: six characters, a dot, sixteen characters");
        }
        if (!caHash.matches("sha256:[0-9a-f]{64}")) {
            throw new CliException("\"" + caHash + "\" is no hash: sha256: and 64 hexadecimal digits");
        }
        ClusterLayout layout = dataDir.layout();
        Optional<ClusterConfig> before = ClusterConfig.load(layout.config());
        before.filter(config -> config.role() == ClusterConfig.Role.SERVER).ifPresent(config -> {
            throw new CliException(layout.data() + " holds a cluster of its own: use another --data-dir");
        });
        ClusterConfig config = ClusterConfig.agent(
                        NodeName.valid(nodeName == null ? NodeName.detect() : nodeName),
                        nodeIp == null ? HostAddress.detect() : nodeIp,
                        server)
                .withRegistryMirrors(registryMirrors)
                .withUnsafeSysctls(unsafeSysctls)
                .withExtraConfig(ExtraConfig.of(extraConfig, ExtraConfig.OF_AGENTS));
        return new HoldWatch(() -> HeldProcess.of(layout, "")).during(() -> {
            AgentJoin join = new AgentJoin(layout, AgentJoin.agreed(config, caHash), new Progress(System.out));
            before.ifPresent(join::changeFlags);
            join.run(token, caHash);
            return 0;
        });
    }
}
