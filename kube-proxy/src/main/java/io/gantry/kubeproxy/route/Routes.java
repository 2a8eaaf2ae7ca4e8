package io.gantry.kubeproxy.route;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The routes in the kernel that carry our protocol number; others are never touched. However many change, three
/// programs are started. One owner thread.
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    /// Marks routes as ours (`ip route … proto`).
    private static final String PROTOCOL = "71";

    private final Command command;
    private Set<String> missing = Set.of();

    Routes(Command command) {
        this.command = command;
    }

    /// Adds, changes and removes routes. One that cannot be set (its gateway is out of reach) is
    /// logged, reported by the return value and tried again at the next call.
    ///
    /// @param wanted destination to next stop
    /// @return whether all is as wanted
    /// @throws IOException when the routing table cannot be read
    boolean apply(SortedMap<String, Hop> wanted) throws IOException {
        Map<String, Hop> present = present();
        String changes = changes(present, wanted);
        if (changes.isEmpty()) {
            return true;
        }
        String problem = change(changes);
        present = present();
        report(wanted, present, problem);
        return present.equals(wanted);
    }

    private static String changes(Map<String, Hop> present, SortedMap<String, Hop> wanted) {
        StringBuilder lines = new StringBuilder();
        for (String stale : new TreeSet<>(present.keySet())) {
            if (!wanted.containsKey(stale)) {
                lines.append("route del ")
                        .append(stale)
                        .append(" proto ")
                        .append(PROTOCOL)
                        .append('\n');
            }
        }
        wanted.forEach((destination, hop) -> {
            if (!hop.equals(present.get(destination))) {
                lines.append("route replace ")
                        .append(destination)
                        .append(" via ")
                        .append(hop.gateway())
                        .append(hop.overlay() ? " dev " + OverlayDevice.NAME + " onlink" : "")
                        .append(" proto ")
                        .append(PROTOCOL)
                        .append('\n');
            }
        });
        return lines.toString();
    }

    /// Makes what changes can be made.
    ///
    /// @return why some could not be; empty when all are
    private String change(String lines) {
        try {
            command.run(lines, "ip", "-4", "-force", "-batch", "-");
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).lines().limit(2).reduce("", (all, line) -> all + " " + line);
        }
    }

    /// Says once which routes are missing.
    private void report(SortedMap<String, Hop> wanted, Map<String, Hop> present, String problem) {
        Set<String> now = new TreeSet<>();
        wanted.forEach((destination, hop) -> {
            if (!hop.equals(present.get(destination))) {
                now.add(destination);
            }
        });
        if (!now.isEmpty() && !now.equals(missing)) {
            String first = now.iterator().next();
            LOG.warn(
                    "no route to {} of {} pod networks, as {} by {}:{}",
                    now.size(),
                    wanted.size(),
                    first,
                    Objects.requireNonNull(wanted.get(first)).gateway(),
                    problem);
        }
        missing = now;
    }

    /// What there is now.
    Map<String, Hop> present() throws IOException {
        Map<String, Hop> routes = new HashMap<>();
        for (String line : command.run("", "ip", "-4", "route", "show", "proto", PROTOCOL)
                .lines()
                .toList()) {
            String[] words = line.strip().split(" ");
            if (words.length >= 3 && words[1].equals("via")) {
                boolean overlay = words.length >= 5 && words[4].equals(OverlayDevice.NAME);
                routes.put(words[0], new Hop(words[2], overlay));
            }
        }
        return routes;
    }
}
