package io.gantry.e2e.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A test's own host: a network namespace with its own addresses, in which the cluster runs and kubectl is called. The
/// real host's network is not touched.
///
/// @param name of the namespace
/// @param address on the link between machines
public record Machine(String name, String address) implements AutoCloseable {
    private static final String SUBNET = "/24";

    /// The link between the first machine and a router.
    private static final String ROUTED = "10.197.0";

    /// What the name of the router to a machine ends with.
    private static final String ROUTER = "-r";

    /// A machine of its own, with a default route (into a cable that ends in it: no packet leaves).
    public static Machine create(String name, String address) {
        Machine machine = bare(name, address);
        machine.must("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "cable");
        machine.must("ip", "link", "set", "cable", "up");
        machine.must("ip", "addr", "add", address + SUBNET, "dev", "eth0");
        machine.must("ip", "link", "set", "eth0", "up");
        machine.must("ip", "route", "add", "default", "dev", "eth0", "src", address);
        return machine;
    }

    /// A second machine on a link of its own, beyond a router that knows the two links and nothing else.
    ///
    /// @param otherAddress `10.198.0.2`: the router has the last one of its 256 but one
    public Machine beyondRouter(String otherName, String otherAddress) {
        Machine router = bare(otherName + ROUTER, "");
        Machine other = bare(otherName, otherAddress);
        router.must("sysctl", "-qw", "net.ipv4.ip_forward=1");
        must("ip", "link", "add", "cable0", "type", "veth", "peer", "name", "first", "netns", router.name());
        must("ip", "addr", "add", ROUTED + ".1/24", "dev", "cable0");
        must("ip", "link", "set", "cable0", "up");
        router.must("ip", "addr", "add", ROUTED + ".254/24", "dev", "first");
        router.must("ip", "link", "set", "first", "up");
        router.must("ip", "route", "add", address + "/32", "via", ROUTED + ".1");
        other.must("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "second", "netns", router.name());
        String gateway = otherAddress.substring(0, otherAddress.lastIndexOf('.')) + ".254";
        router.must("ip", "addr", "add", gateway + SUBNET, "dev", "second");
        router.must("ip", "link", "set", "second", "up");
        other.must("ip", "addr", "add", otherAddress + SUBNET, "dev", "eth0");
        other.must("ip", "link", "set", "eth0", "up");
        other.must("ip", "route", "add", "default", "via", gateway, "src", otherAddress);
        must("ip", "route", "add", otherAddress + "/32", "via", ROUTED + ".254", "src", address);
        return other;
    }

    private static Machine bare(String name, String address) {
        Host.run(Duration.ofSeconds(20), Map.of(), "", List.of("ip", "netns", "delete", name));
        Host.must("ip", "netns", "add", name);
        Machine made = new Machine(name, address);
        made.must("ip", "link", "set", "lo", "up");
        return made;
    }

    /// Runs a program in the machine.
    public Host.Result run(Duration limit, Map<String, String> environment, String input, String... command) {
        return Host.run(limit, environment, input, words(command));
    }

    /// Runs what must succeed.
    public String must(String... command) {
        List<String> words = words(command);
        return Host.run(Duration.ofMinutes(2), Map.of(), "", words).ok(words).out();
    }

    /// A command line that runs in the machine: `ip netns exec` would remount /sys and hide the cgroups.
    public List<String> words(String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
        words.addAll(Arrays.asList(command));
        return words;
    }

    /// Takes it away, and the router to it where there is one.
    @Override
    public void close() {
        Host.must("ip", "netns", "delete", name);
        Host.run(Duration.ofSeconds(20), Map.of(), "", List.of("ip", "netns", "delete", name + ROUTER));
    }
}
