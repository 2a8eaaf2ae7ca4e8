package io.gantry.kubeproxy.service;

/// One endpoint of a service port that may get traffic.
///
/// @param local whether it runs on this node
public record Backend(String ip, int port, boolean local) implements Comparable<Backend> {
    @Override
    public int compareTo(Backend other) {
        int byIp = ip.compareTo(other.ip);
        return byIp != 0 ? byIp : Integer.compare(port, other.port);
    }

    /// As nft writes address and port in a map.
    public String target() {
        return ip + " . " + port;
    }
}
