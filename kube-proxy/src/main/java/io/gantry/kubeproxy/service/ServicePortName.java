package io.gantry.kubeproxy.service;

/// The identity of one port of one Service.
///
/// @param port its name, empty for the only, unnamed one
/// @param protocol `tcp`, `udp` or `sctp`
public record ServicePortName(String namespace, String service, String port, String protocol) {
    @Override
    public String toString() {
        return namespace + "/" + service + "/" + protocol + "/" + port;
    }
}
