package io.gantry.kubeproxy.route;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's end of the overlay: a VXLAN device, and what it knows of the other ends. It learns nothing from packets
/// and asks nobody. One owner thread.
final class OverlayDevice {
    /// Of the device.
    static final String NAME = "gantry.vxlan";

    /// IANA's for VXLAN, over UDP.
    static final int PORT = 4789;

    private static final Logger LOG = LoggerFactory.getLogger(OverlayDevice.class);
    private static final int NETWORK_IDENTIFIER = 71;

    /// IPv4, UDP, VXLAN and Ethernet headers around each packet.
    private static final int HEADER_BYTES = 50;

    private static final String TABLE = "gantry-overlay";

    /// TCP learns at its start how much fits: not everybody lets through the messages that tell later.
    private static final String CLAMP = """
            table ip %1$s
            delete table ip %1$s
            table ip %1$s {
                chain forward {
                    type filter hook forward priority mangle
                    oifname "%2$s" tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu
                }
            }
            """.formatted(TABLE, NAME);

    private final Command command;

    OverlayDevice(Command command) {
        this.command = command;
    }

    /// Makes the device unless it is as wanted, and tells it of the other ends.
    ///
    /// @param node this node's address
    /// @param podCidr of this node
    /// @param linkBytes the largest packet that the way to the other nodes takes
    /// @param ends address of each far end to the address of its node
    /// @throws IOException when the kernel refuses, e.g. because it has no VXLAN
    void apply(String node, String podCidr, int linkBytes, SortedMap<String, String> ends) throws IOException {
        String own = OverlayPlan.end(podCidr);
        int bytes = linkBytes - HEADER_BYTES;
        if (!isAsWanted(node, own, bytes)) {
            make(node, own, bytes);
        }
        clamp();
        tell(ends);
    }

    private boolean isAsWanted(String node, String own, int bytes) throws IOException {
        if (!exists()) {
            return false;
        }
        String link = command.run("", "ip", "-d", "link", "show", "dev", NAME);
        return link.contains("vxlan id " + NETWORK_IDENTIFIER + " local " + node + " ")
                && link.contains("dstport " + PORT + " nolearning")
                && link.contains("link/ether " + OverlayPlan.hardwareAddress(node))
                && link.contains(" mtu " + bytes + " ")
                && link.contains(",UP")
                && command.run("", "ip", "-4", "addr", "show", "dev", NAME).contains("inet " + own + "/32");
    }

    private void make(String node, String own, int bytes) throws IOException {
        remove();
        command.run(
                """
                link add %1$s address %2$s mtu %3$d type vxlan id %4$d local %5$s dstport %6$d nolearning
                addr add %7$s/32 dev %1$s
                link set %1$s up
                """.formatted(NAME, OverlayPlan.hardwareAddress(node), bytes, NETWORK_IDENTIFIER, node, PORT, own),
                "ip",
                "-4",
                "-batch",
                "-");
        LOG.info("{}: pods of nodes beyond routers are reached by VXLAN (UDP port {})", NAME, PORT);
    }

    /// Each time: it goes when somebody flushes the host's rules.
    private void clamp() {
        try {
            command.run(CLAMP, "nft", "-f", "-");
        } catch (IOException e) {
            LOG.warn("large packets through {} rely on path MTU discovery: {}", NAME, e.getMessage());
        }
    }

    private void tell(SortedMap<String, String> ends) throws IOException {
        Map<String, String> neighbours = neighbours();
        Map<String, String> forwarding = forwarding();
        List<String> links = new ArrayList<>();
        List<String> bridges = new ArrayList<>();
        Map<String, String> hardware = new HashMap<>();
        ends.forEach((end, node) -> {
            String address = OverlayPlan.hardwareAddress(node);
            hardware.put(address, node);
            if (!address.equals(neighbours.get(end))) {
                links.add("neigh replace " + end + " lladdr " + address + " dev " + NAME + " nud permanent");
            }
            if (!node.equals(forwarding.get(address))) {
                bridges.add("fdb replace " + address + " dev " + NAME + " dst " + node + " self permanent");
            }
        });
        for (String stale : new TreeSet<>(neighbours.keySet())) {
            if (!ends.containsKey(stale)) {
                links.add("neigh del " + stale + " dev " + NAME);
            }
        }
        for (String stale : new TreeSet<>(forwarding.keySet())) {
            if (!hardware.containsKey(stale)) {
                bridges.add("fdb del " + stale + " dev " + NAME + " self");
            }
        }
        batch("bridge", bridges);
        batch("ip", links);
    }

    private void batch(String program, List<String> lines) throws IOException {
        if (!lines.isEmpty()) {
            command.run(String.join("\n", lines) + "\n", program, "-batch", "-");
        }
    }

    /// Far end to hardware address.
    private Map<String, String> neighbours() throws IOException {
        Map<String, String> found = new HashMap<>();
        for (String line : lines("ip", "-4", "neigh", "show", "dev", NAME, "nud", "permanent")) {
            String[] words = line.split(" ");
            if (words.length >= 3 && words[1].equals("lladdr")) {
                found.put(words[0], words[2]);
            }
        }
        return found;
    }

    /// Hardware address to node.
    private Map<String, String> forwarding() throws IOException {
        Map<String, String> found = new HashMap<>();
        for (String line : lines("bridge", "fdb", "show", "dev", NAME)) {
            String[] words = line.split(" ");
            if (words.length >= 3 && words[1].equals("dst")) {
                found.put(words[0], words[2]);
            }
        }
        return found;
    }

    private List<String> lines(String... words) throws IOException {
        return command.run("", words).lines().map(String::strip).toList();
    }

    private boolean exists() throws IOException {
        return lines("ip", "-o", "link", "show", "type", "vxlan").stream()
                .anyMatch(line -> line.contains(" " + NAME + ":"));
    }

    /// Takes the device away, and all that belongs to it, if it is there.
    void remove() throws IOException {
        if (exists()) {
            command.run("table ip " + TABLE + "\ndelete table ip " + TABLE + "\n", "nft", "-f", "-");
            command.run("", "ip", "link", "del", NAME);
        }
    }
}
