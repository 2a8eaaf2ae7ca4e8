package io.gantry.kubelet;

import io.gantry.api.resource.Quantity;
import io.gantry.component.Flags;
import io.gantry.kubelet.credential.CredentialProviders;
import io.gantry.kubelet.image.ImageGc;
import io.gantry.kubelet.image.VerificationPolicy;
import io.gantry.kubelet.node.EvictionThresholds;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the flags say, spelled as upstream spells them.
///
/// @param nodeIps the first is the primary one
/// @param runtime `cri` or `simulated`
/// @param podLogs root of the pods' logs
/// @param podManifests where static pods come from
/// @param imagePolicy two fields of upstream's configuration file, for which upstream has no flags
public record KubeletConfig(
        Path kubeconfig,
        Optional<Path> bootstrapKubeconfig,
        Path certDir,
        Path rootDir,
        Path podLogs,
        URI runtimeEndpoint,
        String nodeName,
        List<String> nodeIps,
        List<String> clusterDns,
        String clusterDomain,
        Path cniConfDir,
        Path cniBinDir,
        String address,
        int port,
        Optional<Path> clientCaFile,
        String healthAddress,
        String pauseImage,
        String cgroupRoot,
        int maxPods,
        boolean registerNode,
        Map<String, String> nodeLabels,
        String runtime,
        Path resolvConf,
        Map<String, String> systemReserved,
        ImageGc.Limits imageGc,
        EvictionThresholds evictionHard,
        Optional<Path> podManifests,
        List<String> allowedUnsafeSysctls,
        VerificationPolicy imagePolicy,
        CredentialProviders credentialProviders) {

    private static final int DEFAULT_PORT = 10250;
    private static final int DEFAULT_MAX_PODS = 110;
    private static final int DEFAULT_GC_HIGH = 85;
    private static final int DEFAULT_GC_LOW = 80;
    private static final String ANY_AMOUNT = String.valueOf(Long.MAX_VALUE);

    static KubeletConfig of(Flags flags, String hostName, String defaultIp) {
        Path root = Path.of(flags.string("root-dir", "/var/lib/kubelet"));
        String nodeName = flags.string("hostname-override", hostName);
        String runtime = flags.string("runtime", "cri");
        if (!runtime.equals("cri") && !runtime.equals("simulated")) {
            throw new IllegalArgumentException("--runtime must be cri or simulated, not " + runtime);
        }
        return new KubeletConfig(
                flags.path("kubeconfig"),
                flags.optionalPath("bootstrap-kubeconfig"),
                Path.of(flags.string("cert-dir", root.resolve("pki").toString())),
                root,
                Path.of(flags.string("pod-logs-dir", root.resolve("logs").toString())),
                URI.create(flags.string("container-runtime-endpoint", "unix:///run/containerd/containerd.sock")),
                nodeName,
                list(flags.string("node-ip", defaultIp)),
                list(flags.string("cluster-dns", "")),
                flags.string("cluster-domain", "cluster.local"),
                Path.of(flags.string("cni-conf-dir", "/etc/cni/net.d")),
                Path.of(flags.string("cni-bin-dir", "/opt/cni/bin")),
                flags.string("address", "0.0.0.0"),
                flags.integer("port", DEFAULT_PORT),
                flags.optionalPath("client-ca-file"),
                flags.string("health-address", "127.0.0.1:10248"),
                flags.string("pod-infra-container-image", ""),
                flags.string("cgroup-root", ""),
                flags.integer("max-pods", DEFAULT_MAX_PODS),
                flags.bool("register-node", true),
                pairs(flags.string("node-labels", "")),
                runtime,
                Path.of(flags.string("resolv-conf", "/etc/resolv.conf")),
                pairs(flags.string("system-reserved", "")),
                new ImageGc.Limits(
                        flags.integer("image-gc-high-threshold", DEFAULT_GC_HIGH),
                        flags.integer("image-gc-low-threshold", DEFAULT_GC_LOW),
                        Quantity.parse(flags.string("image-gc-enough", ANY_AMOUNT))
                                .value()),
                EvictionThresholds.parse(flags.string("eviction-hard", EvictionThresholds.DEFAULT)),
                flags.optionalPath("pod-manifest-path"),
                list(flags.string("allowed-unsafe-sysctls", "")),
                imagePolicy(flags),
                CredentialProviders.of(
                        flags.optionalPath("image-credential-provider-config"),
                        flags.optionalPath("image-credential-provider-bin-dir")));
    }

    private static VerificationPolicy imagePolicy(Flags flags) {
        VerificationPolicy.Kind kind = flags.parsed(
                "image-pull-credentials-verification-policy",
                VerificationPolicy.DEFAULT.kind().word(),
                VerificationPolicy.Kind::parse);
        return flags.parsed(
                "preloaded-images-verification-allowlist", "", text -> VerificationPolicy.of(kind, list(text)));
    }

    /// Whether pods only run on a clock.
    boolean simulated() {
        return runtime.equals("simulated");
    }

    private static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",")) {
            if (!item.isBlank()) {
                items.add(item.trim());
            }
        }
        return items;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String item : list(text)) {
            int equals = item.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("expected name=value, got \"" + item + "\"");
            }
            pairs.put(item.substring(0, equals), item.substring(equals + 1));
        }
        return pairs;
    }
}
