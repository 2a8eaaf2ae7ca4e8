package io.gantry.kubelet.network;

import io.gantry.kubelet.pod.Neighbours;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node and the pods on its bridge. Addresses are handed out in turn, and each has another link address when it
/// comes round again, while the kernel keeps what it learned of the former pod: who dials the new one from this node
/// speaks into the void until that entry has been probed, more than ten seconds. So the new pod is made to say to all
/// who it is.
///
/// One broadcast frame does it, with no need to know the pod's link address or to enter its namespace: a probe for the
/// address (RFC 5227) that asks for its answer by broadcast. The answer mends what the others remember, and adds
/// nothing where nobody knows the address.
public final class BridgeNeighbours implements Neighbours {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeNeighbours.class);

    private final String bridge;
    private final LinkSocket socket = new LinkSocket();

    public BridgeNeighbours(String bridge) {
        this.bridge = bridge;
    }

    @Override
    public void learn(List<String> podIps) {
        for (String ip : podIps) {
            InetAddress address = InetAddress.ofLiteral(ip);
            if (address instanceof Inet4Address) {
                probe(address);
            }
        }
    }

    private void probe(InetAddress address) {
        try {
            if (!socket.broadcast(bridge, ArpProbe.ETHERTYPE, ArpProbe.answeredToAll(address.getAddress()))) {
                LOG.debug("no bridge {}: the pods' network is somebody else's", bridge);
            }
        } catch (IOException failure) {
            LOG.warn(
                    "neighbours not told of {}, who knew its former pod may wait ten seconds: {}",
                    address.getHostAddress(),
                    failure.getMessage());
        }
    }
}
