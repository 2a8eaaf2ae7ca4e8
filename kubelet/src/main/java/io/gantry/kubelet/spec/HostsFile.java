package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.HostAlias;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;

/// The text of a pod's `/etc/hosts` (upstream `kubelet_pods.go`). Pure.
public final class HostsFile {
    private static final String STANDARD = """
            # Kubernetes-managed hosts file.
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            fe00::0\tip6-mcastprefix
            fe00::1\tip6-allnodes
            fe00::2\tip6-allrouters
            """;

    private HostsFile() {}

    /// For a pod with its own network.
    public static String of(Pod pod, List<String> podIps, Hostnames names) {
        StringBuilder text = new StringBuilder(STANDARD);
        for (String ip : podIps) {
            text.append(ip).append('\t');
            if (!names.domain().isEmpty()) {
                text.append(names.hostname()).append('.').append(names.domain()).append('\t');
            }
            text.append(names.hostname()).append('\n');
        }
        return text.append(aliases(pod.spec().hostAliases())).toString();
    }

    /// For a pod on the host's network.
    ///
    /// @param nodeHosts the node's own file
    public static String onHostNetwork(Pod pod, String nodeHosts) {
        return "# Kubernetes-managed hosts file (host network).\n" + nodeHosts
                + aliases(pod.spec().hostAliases());
    }

    private static String aliases(List<HostAlias> aliases) {
        if (aliases.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n# Entries added by HostAliases.\n");
        for (HostAlias alias : aliases) {
            text.append(alias.ip())
                    .append('\t')
                    .append(String.join("\t", alias.hostnames()))
                    .append('\n');
        }
        return text.toString();
    }
}
