package io.gantry.cli.node;

import io.gantry.cli.cluster.ClusterLayout;

/// containerd's configuration for the cluster's own instance: own root, state and socket, beside whatever the host
/// runs.
///
/// @param pauseImage reference of the sandbox image
/// @param restrictOomScore true where the process lacks CAP_SYS_RESOURCE: it cannot lower oom_score_adj
/// @param appArmor whether the host has AppArmor
/// @param systemdCgroup whether systemd manages cgroups
public record ContainerdConfig(String pauseImage, boolean restrictOomScore, boolean appArmor, boolean systemdCgroup) {
    public static final String CNI_BIN = "/usr/lib/cni";

    /// The file's text (TOML, version 2: containerd 1.6 and later).
    public String text(ClusterLayout layout) {
        return """
                version = 2
                root = "%s"
                state = "%s"
                oom_score = 0
                disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp"]

                [grpc]
                  address = "%s"

                [plugins."io.containerd.internal.v1.opt"]
                  path = "%s"

                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%s"
                  restrict_oom_score_adj = %b
                  disable_apparmor = %b
                  stream_server_address = "127.0.0.1"
                  stream_server_port = "0"
                  max_container_log_line_size = 262144

                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "%s"
                    conf_dir = "%s"

                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    default_runtime_name = "runc"

                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"

                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        SystemdCgroup = %b

                  [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = "%s"
                """.formatted(
                        layout.containerdRoot(),
                        layout.containerdState(),
                        layout.containerdSocket(),
                        layout.containerdRoot().resolve("opt"),
                        pauseImage,
                        restrictOomScore,
                        !appArmor,
                        CNI_BIN,
                        layout.cniConf(),
                        systemdCgroup,
                        layout.registryHosts());
    }
}
