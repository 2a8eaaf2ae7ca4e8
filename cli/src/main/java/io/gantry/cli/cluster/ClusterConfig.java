package io.gantry.cli.cluster;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import io.gantry.component.WholeFile;
import io.gantry.kubeproxy.route.OverlayMode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What was decided when the cluster (or this node of it) was made; kept in `cluster.json`, so that a later
/// `up` needs no flags.
///
/// @param role server (control plane and node) or agent (a node that joined)
/// @param nodeName the Node's name
/// @param nodeAddress the address other nodes reach
/// @param apiServer URL of the API server, by address
/// @param apiPort of this machine's API server; 0 for an agent
/// @param podCidr addresses of all pods
/// @param serviceCidr addresses of services
/// @param clusterDomain DNS suffix
/// @param dnsPort where cluster-dns listens on the node's address
/// @param kubeletPort HTTPS port of the kubelet
/// @param nodePorts the range, `30000-32767`
/// @param registryMirrors `HOST=URL` each
/// @param store where the state is; an agent has none
/// @param simulatedNodes how many nodes without machines this machine runs beside its own
/// @param schedulerConfig our copy of the scheduler's configuration file; empty for none
/// @param decisionRecord where the scheduler records its decisions; empty for nowhere
/// @param unsafeSysctls what pods of this node may set beside the safe ones
/// @param ingressHttpPort and `ingressHttpsPort`: where Ingresses are served; 0 for nowhere
/// @param nodes how many nodes this machine is: itself, and further ones in network namespaces
/// @param localNodeCidr addresses of those; the machine has the first of it on their bridge
/// @param overlay which nodes' pods are reached by VXLAN, as kube-proxy's flag has it
/// @param extraConfig flags that somebody added ([ExtraConfig])
/// @param networkNamespace in which this node's processes run; empty for that of whoever starts them
@RecordBuilder
public record ClusterConfig(
        Role role,
        String nodeName,
        String nodeAddress,
        String apiServer,
        int apiPort,
        String podCidr,
        String serviceCidr,
        String clusterDomain,
        int dnsPort,
        int kubeletPort,
        String nodePorts,
        List<String> registryMirrors,
        StoreConfig store,
        int simulatedNodes,
        String schedulerConfig,
        String decisionRecord,
        List<String> unsafeSysctls,
        Integer ingressHttpPort,
        Integer ingressHttpsPort,
        int nodes,
        String localNodeCidr,
        String overlay,
        List<String> extraConfig,
        String networkNamespace)
        implements ClusterConfigBuilder.With {
    public static final String POD_CIDR = "10.244.0.0/16";
    public static final String SERVICE_CIDR = "10.96.0.0/16";
    public static final String LOCAL_NODE_CIDR = "10.245.0.0/24";
    public static final String CLUSTER_DOMAIN = "cluster.local";
    public static final String NODE_PORTS = "30000-32767";
    public static final int API_PORT = 6443;
    public static final int KUBELET_PORT = 10250;
    public static final int DNS_PORT = 10053;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// The tenth address of the service range, as kubeadm has it.
    private static final int DNS_HOST = 10;

    public ClusterConfig {
        registryMirrors = registryMirrors == null ? List.of() : List.copyOf(registryMirrors);
        store = store == null ? StoreConfig.EMBEDDED : store;
        schedulerConfig = schedulerConfig == null ? "" : schedulerConfig;
        decisionRecord = decisionRecord == null ? "" : decisionRecord;
        unsafeSysctls = unsafeSysctls == null ? List.of() : List.copyOf(unsafeSysctls);
        ingressHttpPort = ingressHttpPort == null ? HTTP_PORT : ingressHttpPort;
        ingressHttpsPort = ingressHttpsPort == null ? HTTPS_PORT : ingressHttpsPort;
        nodes = Math.max(1, nodes);
        localNodeCidr = localNodeCidr == null ? LOCAL_NODE_CIDR : localNodeCidr;
        overlay = overlay == null ? OverlayMode.AUTO.word() : overlay;
        extraConfig = extraConfig == null ? List.of() : List.copyOf(extraConfig);
        networkNamespace = networkNamespace == null ? "" : networkNamespace;
    }

    /// The first machine of a cluster, with the usual ranges, ports and store.
    public static ClusterConfig server(String nodeName, String address, int apiPort) {
        return usual(Role.SERVER, nodeName, address, address + ":" + apiPort).withApiPort(apiPort);
    }

    /// A machine that joins a cluster.
    ///
    /// @param server `HOST:PORT` of the cluster's API server
    public static ClusterConfig agent(String nodeName, String address, String server) {
        return usual(Role.AGENT, nodeName, address, server);
    }

    private static ClusterConfig usual(Role role, String nodeName, String address, String server) {
        return ClusterConfigBuilder.builder()
                .role(role)
                .nodeName(nodeName)
                .nodeAddress(address)
                .apiServer("https://" + server)
                .podCidr(POD_CIDR)
                .serviceCidr(SERVICE_CIDR)
                .clusterDomain(CLUSTER_DOMAIN)
                .dnsPort(DNS_PORT)
                .kubeletPort(KUBELET_PORT)
                .nodePorts(NODE_PORTS)
                .build();
    }

    /// What runs on this machine.
    public enum Role {
        SERVER,
        AGENT
    }

    /// Whether Ingresses are served here.
    public boolean servesIngresses() {
        return role == Role.SERVER && (ingressHttpPort != 0 || ingressHttpsPort != 0);
    }

    /// `10.96.0.10` in `10.96.0.0/16`.
    public String dnsAddress() {
        return CidrAddress.nth(serviceCidr, DNS_HOST);
    }

    /// `10.96.0.1`: the `kubernetes` Service.
    public String apiServiceAddress() {
        return CidrAddress.nth(serviceCidr, 1);
    }

    /// The address of a node of this machine on their bridge.
    ///
    /// @param number 1 for the machine itself
    public String localNodeAddress(int number) {
        return CidrAddress.nth(localNodeCidr, number);
    }

    /// The configuration of a data directory; empty when there is no cluster in it.
    public static Optional<ClusterConfig> load(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), ClusterConfig.class));
        } catch (IOException | JacksonException e) {
            throw new CliException(
                    file + " cannot be read (" + e.getMessage()
                            + "): mend it, or remove the cluster with `gantry down --purge`",
                    e);
        }
    }

    /// Written whole or not at all.
    public void save(Path file) {
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (IOException e) {
            throw new CliException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
