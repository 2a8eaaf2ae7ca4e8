package io.gantry.kubeproxy.route;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the kernel says of the ways to other nodes.
///
/// @param known by the node's address; one without a way is not among them
record Ways(Map<String, Way> known) {
    private static final int ETHERNET_BYTES = 1500;
    private static final Pattern MTU = Pattern.compile(" mtu (\\d+) ");

    /// @param device that packets leave by
    /// @param offLink whether they go to a router
    record Way(String device, boolean offLink) {}

    /// Asks the kernel with one program, however many addresses there are.
    static Ways of(Collection<String> addresses, Command command) throws IOException {
        StringBuilder questions = new StringBuilder();
        new TreeSet<>(addresses)
                .forEach(address ->
                        questions.append("route get ").append(address).append('\n'));
        if (questions.isEmpty()) {
            return new Ways(Map.of());
        }
        return read(command.tryAll(questions.toString(), "ip", "-4", "-force", "-batch", "-"));
    }

    /// Of `ip route get`'s answers: `10.0.1.2 via 10.0.0.254 dev eth0 src 10.0.0.1`, `10.0.0.2 dev eth0 src 10.0.0.1`.
    static Ways read(String answers) {
        Map<String, Way> known = new HashMap<>();
        for (String line : answers.lines().toList()) {
            String[] words = line.strip().split(" ");
            if (words.length >= 5 && words[1].equals("via") && words[3].equals("dev")) {
                known.put(words[0], new Way(words[4], true));
            } else if (words.length >= 3 && words[1].equals("dev")) {
                known.put(words[0], new Way(words[2], false));
            }
        }
        return new Ways(known);
    }

    /// The addresses that a router leads to.
    Set<String> offLink() {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().offLink())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The largest packet that all devices on the ways to these addresses take; a program for each device.
    int linkBytes(Collection<String> addresses, Command command) throws IOException {
        Set<String> devices = addresses.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .map(Way::device)
                .collect(Collectors.toUnmodifiableSet());
        int bytes = devices.isEmpty() ? ETHERNET_BYTES : Integer.MAX_VALUE;
        for (String device : devices) {
            Matcher mtu = MTU.matcher(command.run("", "ip", "-o", "link", "show", "dev", device));
            bytes = Math.min(bytes, mtu.find() ? Integer.parseInt(mtu.group(1)) : ETHERNET_BYTES);
        }
        return bytes;
    }
}
