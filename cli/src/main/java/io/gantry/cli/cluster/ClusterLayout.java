package io.gantry.cli.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

/// Where a cluster's files are: everything durable below the data directory; sockets, process ids and what a reboot
/// may lose below the run directory.
///
/// @param data the data directory, absolute
public record ClusterLayout(Path data) {
    public static final Path DEFAULT_DATA = Path.of("/var/lib/gantry");

    public ClusterLayout {
        data = data.toAbsolutePath().normalize();
    }

    /// A short name that is this data directory's only: for sockets (their paths are limited to 107 bytes) and cgroups.
    public String id() {
        if (data.equals(DEFAULT_DATA)) {
            return "gantry";
        }
        CRC32 crc = new CRC32();
        crc.update(data.toString().getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "gantry-%08x", crc.getValue());
    }

    /// On tmpfs, as `/run` is: gone after a reboot, as are the processes.
    public Path run() {
        return Path.of("/run", id());
    }

    public Path config() {
        return data.resolve("cluster.json");
    }

    public Path pki() {
        return data.resolve("pki");
    }

    public Path pki(String file) {
        return pki().resolve(file);
    }

    public Path kubeconfig(String user) {
        return data.resolve("kubeconfig").resolve(user + ".kubeconfig");
    }

    public Path adminKubeconfig() {
        return kubeconfig("admin");
    }

    public Path bootstrapKubeconfig() {
        return kubeconfig("bootstrap");
    }

    public Path store() {
        return data.resolve("store");
    }

    /// Data of the etcd that Gantry runs.
    public Path etcd() {
        return data.resolve("etcd");
    }

    public Path logs() {
        return data.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path kubeletRoot() {
        return data.resolve("kubelet");
    }

    public Path containerdRoot() {
        return data.resolve("containerd");
    }

    public Path containerdState() {
        return run().resolve("containerd");
    }

    public Path containerdSocket() {
        return run().resolve("containerd.sock");
    }

    public Path containerdConfig() {
        return data.resolve("containerd.toml");
    }

    public Path registryHosts() {
        return data.resolve("registry");
    }

    public Path cniConf() {
        return data.resolve("cni");
    }

    /// The further nodes of this machine, a folder each.
    public Path localNodes() {
        return data.resolve("nodes");
    }

    /// The files of a further node, as if it were a machine of its own.
    ///
    /// @param number 2 and up
    public ClusterLayout localNode(int number) {
        return new ClusterLayout(localNodes().resolve(Integer.toString(number)));
    }

    public Path supervisorSocket() {
        return run().resolve("supervisor.sock");
    }

    public Path supervisorState() {
        return run().resolve("processes.json");
    }

    public Path supervisorSpecs() {
        return data.resolve("processes.json");
    }

    /// There while the ingress process shall run.
    public Path ingressActivation() {
        return run().resolve("ingress.wanted");
    }

    /// Below it the kubelet makes the cgroups of pods.
    public String cgroupRoot() {
        return "/" + id();
    }
}
