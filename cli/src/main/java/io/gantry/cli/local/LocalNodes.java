package io.gantry.cli.local;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.Command;
import io.gantry.cli.image.Folders;
import io.gantry.cli.image.ImageStore;
import io.gantry.cli.node.AgentJoin;
import io.gantry.cli.node.BootstrapTokens;
import io.gantry.cli.node.NodeStop;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Kubeconfig;
import io.gantry.client.ListOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// The further nodes of this machine (`up --nodes N`), each in a network namespace of its own. They join by a token and
/// the hash of the CA, by the same code as another machine.
public final class LocalNodes {
    private static final long UPGRADE_SECONDS = 300;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private final ClusterLayout layout;
    private final ClusterConfig config;
    private final Progress progress;

    public LocalNodes(ClusterLayout layout, ClusterConfig config, Progress progress) {
        this.layout = layout;
        this.config = config;
        this.progress = progress;
    }

    /// Those that have a folder, whether they run or not, by number.
    public static List<LocalNode> present(ClusterLayout layout) {
        if (!Files.isDirectory(layout.localNodes())) {
            return List.of();
        }
        try (var folders = Files.list(layout.localNodes())) {
            return folders.map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.matches("\\d{1,4}"))
                    .map(Integer::valueOf)
                    .sorted(Comparator.naturalOrder())
                    .map(number -> LocalNode.of(number, layout))
                    .toList();
        } catch (IOException e) {
            throw new CliException("cannot list " + layout.localNodes() + ": " + e.getMessage(), e);
        }
    }

    /// Whether exactly those that are wanted are there and run.
    public boolean areAsWanted() {
        return present(layout).equals(wanted())
                && wanted().stream().allMatch(node -> new AgentJoin(node.layout(), joining(node), quiet()).runs());
    }

    /// Has those that run go over to other flags: each within its network namespace, where its processes say how they
    /// are.
    ///
    /// @return whether there was one that had to
    public boolean changeFlags() {
        List<LocalNode> outdated = wanted().stream()
                .filter(node -> ClusterConfig.load(node.layout().config())
                        .filter(before -> new AgentJoin(node.layout(), joining(node), quiet()).isOutdated(before))
                        .isPresent())
                .toList();
        for (LocalNode node : outdated) {
            joining(node).save(node.layout().config());
            renew(node, progress);
        }
        return !outdated.isEmpty();
    }

    /// Takes away those that are not wanted any more, and starts the others.
    public void bringUp() throws InterruptedException {
        for (LocalNode node : present(layout)) {
            if (node.number() > config.nodes()) {
                leave(node);
            }
        }
        LocalNetwork network = new LocalNetwork(config);
        if (wanted().isEmpty()) {
            takeAway(layout, network::remove);
            return;
        }
        makeFolder();
        network.prepare();
        String caHash = ClusterCertificates.authorityHash(layout);
        String token = token();
        for (LocalNode node : wanted()) {
            boolean isNew = !Files.exists(node.layout().data());
            network.plug(node);
            new AgentJoin(node.layout(), joining(node), quiet()).run(token, caHash);
            if (isNew) {
                giveImages(node);
            }
            progress.done("node " + LocalNode.name(node.number(), config) + " is Ready");
        }
    }

    /// What was imported into the first node no registry may have.
    private void giveImages(LocalNode node) {
        new ImageStore(layout)
                .copyTo(new ImageStore(node.layout()), node.layout().run().resolve("images.tar"));
    }

    /// Stops all that are there; their data stay.
    public static void stopAll(ClusterLayout layout, Progress progress) {
        List<LocalNode> nodes = present(layout);
        nodes.forEach(LocalNodes::stop);
        ClusterConfig.load(layout.config())
                .ifPresent(config -> takeAway(layout, () -> new LocalNetwork(config).remove()));
        if (!nodes.isEmpty()) {
            progress.done(nodes.size() == 1 ? "one further node stopped" : nodes.size() + " further nodes stopped");
        }
    }

    /// The folder of nodes tells that their network may be there: it is made before the network, and goes after it when
    /// no node's data are left in it.
    private void makeFolder() {
        try {
            Files.createDirectories(layout.localNodes());
        } catch (IOException e) {
            throw new CliException("cannot make " + layout.localNodes() + ": " + e.getMessage(), e);
        }
    }

    static void takeAway(ClusterLayout layout, Runnable network) {
        if (!Files.isDirectory(layout.localNodes())) {
            return;
        }
        network.run();
        try (var left = Files.list(layout.localNodes())) {
            if (left.findAny().isEmpty()) {
                Files.delete(layout.localNodes());
            }
        } catch (IOException e) {
            throw new CliException("cannot remove " + layout.localNodes() + ": " + e.getMessage(), e);
        }
    }

    /// Has each that runs go over to this build.
    public static void upgradeAll(ClusterLayout layout, Progress progress) {
        for (LocalNode node : present(layout)) {
            if (Files.exists(node.layout().supervisorSocket())) {
                renew(node, progress);
            }
        }
    }

    private static void renew(LocalNode node, Progress progress) {
        Command.must(UPGRADE_SECONDS, node.within("upgrade").toArray(String[]::new));
        progress.done("further node " + node.number());
    }

    private static void stop(LocalNode node) {
        new NodeStop(node.layout(), quiet()).run(false);
        LocalNetwork.unplug(node);
    }

    /// The node is gone for good, and its pods with it: nobody has to wait for them.
    private void leave(LocalNode node) {
        stop(node);
        String name = LocalNode.name(node.number(), config);
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            delete(() -> client.resource(NodeKind.KIND).delete("", name, Deletion.defaults()));
            ListOptions there = ListOptions.all().withFieldSelector("spec.nodeName=" + name);
            for (Pod pod : client.resource(PodKind.KIND).list(there).items()) {
                ObjectMeta meta = pod.metadata();
                delete(() -> client.resource(PodKind.KIND)
                        .delete(
                                Objects.requireNonNull(meta.namespace()),
                                Objects.requireNonNull(meta.name()),
                                Deletion.defaults().withGraceSeconds(0)));
            }
        }
        try {
            Folders.delete(node.layout().data());
        } catch (IOException e) {
            throw new CliException("cannot remove " + node.layout().data() + ": " + e.getMessage(), e);
        }
        progress.done("node " + name + " is removed");
    }

    /// Somebody else may have deleted it.
    private static void delete(Runnable deletion) {
        try {
            deletion.run();
        } catch (StatusException e) {
            if (e.code() != 404) {
                throw e;
            }
        }
    }

    private List<LocalNode> wanted() {
        return IntStream.rangeClosed(2, config.nodes())
                .mapToObj(number -> LocalNode.of(number, layout))
                .toList();
    }

    private ClusterConfig joining(LocalNode node) {
        return LocalNode.config(node, config);
    }

    private String token() {
        String token = BootstrapTokens.generate();
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            BootstrapTokens.register(client, token, TOKEN_LIFE, "further nodes of this machine, made by gantry up");
        }
        return token;
    }

    /// Each node says no more than that it is Ready.
    private static Progress quiet() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
}
