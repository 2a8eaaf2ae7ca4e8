package io.gantry.kubeproxy.conntrack;

import io.gantry.kubeproxy.netlink.NetfilterSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The table of this process's network namespace, by netlink. Needs no program of the host; the kernel needs
/// `CONFIG_NF_CT_NETLINK`, as every distribution's has.
public final class NetfilterFlows implements FlowTable {
    @Override
    public List<Flow> udp() throws IOException {
        List<Flow> found = new ArrayList<>();
        try (NetfilterSocket socket = new NetfilterSocket()) {
            socket.send(FlowMessages.list());
            awaitEnd(socket, found);
        }
        return found;
    }

    @Override
    public void forget(List<Flow> flows) throws IOException {
        if (flows.isEmpty()) {
            return;
        }
        try (NetfilterSocket socket = new NetfilterSocket()) {
            for (Flow flow : flows) {
                socket.send(FlowMessages.forget(flow));
                awaitEnd(socket, new ArrayList<>());
            }
        }
    }

    private static void awaitEnd(NetfilterSocket socket, List<Flow> found) throws IOException {
        boolean ended = false;
        while (!ended) {
            ended = FlowMessages.read(socket.receive(), found);
        }
    }
}
