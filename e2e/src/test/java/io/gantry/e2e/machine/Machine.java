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

    /// A machine of its own, with a default route (into a cable that ends in it: no packet leaves).
    public static Machine create(String name, String address) {
        Host.run(Duration.ofSeconds(20), Map.of(), "", List.of("ip", "netns", "delete", name));
        Host.must("ip", "netns", "add", name);
        Machine machine = new Machine(name, address);
        machine.must("ip", "link", "set", "lo", "up");
        machine.must("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "cable");
        machine.must("ip", "link", "set", "cable", "up");
        machine.must("ip", "addr", "add", address + SUBNET, "dev", "eth0");
        machine.must("ip", "link", "set", "eth0", "up");
        machine.must("ip", "route", "add", "default", "dev", "eth0", "src", address);
        return machine;
    }

    /// A second machine on the same link as the first, over a cable of its own.
    public Machine neighbour(String otherName, String otherAddress) {
        Host.run(Duration.ofSeconds(20), Map.of(), "", List.of("ip", "netns", "delete", otherName));
        Host.must("ip", "netns", "add", otherName);
        Machine other = new Machine(otherName, otherAddress);
        must("ip", "link", "add", "cable0", "type", "veth", "peer", "name", "eth0", "netns", otherName);
        must("ip", "link", "set", "cable0", "up");
        must("ip", "route", "add", otherAddress + "/32", "dev", "cable0", "src", address);
        other.must("ip", "link", "set", "lo", "up");
        other.must("ip", "addr", "add", otherAddress + "/32", "dev", "eth0");
        other.must("ip", "link", "set", "eth0", "up");
        other.must("ip", "route", "add", address + "/32", "dev", "eth0", "src", otherAddress);
        other.must("ip", "route", "add", "default", "via", address, "dev", "eth0", "onlink", "src", otherAddress);
        return other;
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

    @Override
    public void close() {
        Host.must("ip", "netns", "delete", name);
    }
}
