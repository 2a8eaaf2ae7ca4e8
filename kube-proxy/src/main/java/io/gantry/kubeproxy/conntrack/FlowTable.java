package io.gantry.kubeproxy.conntrack;

import java.io.IOException;
import java.util.List;

/// The kernel's table of connections, of one network namespace.
public interface FlowTable {
    /// All UDP flows over IPv4.
    List<Flow> udp() throws IOException;

    /// Forgets flows: their next packet is looked at anew. One that has ended meanwhile is no error.
    void forget(List<Flow> flows) throws IOException;
}
