package io.gantry.apiserver;

import io.gantry.component.Flags;

/// What Services are given.
///
/// @param cidr IPv4, of their addresses
/// @param nodePorts `first-last`
record ServiceFlags(String cidr, String nodePorts) {
    static ServiceFlags parse(Flags flags) {
        return new ServiceFlags(
                flags.string("service-cluster-ip-range", ServerConfig.SERVICE_CIDR),
                flags.string("service-node-port-range", ServerConfig.NODE_PORTS));
    }
}
