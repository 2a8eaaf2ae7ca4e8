package io.gantry.kubeproxy.route;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The routes in the kernel that carry our protocol number; others are never touched. One owner thread.
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    /// Marks routes as ours (`ip route … proto`).
    private static final String PROTOCOL = "71";

    private final Command command;
    private SortedMap<String, String> applied = new TreeMap<>();
    private boolean known;

    public Routes(Command command) {
        this.command = command;
    }

    /// Adds, changes and removes routes. One that cannot be set (its gateway is out of reach) is
    /// logged, reported by the return value and tried again at the next call.
    ///
    /// @param wanted destination to gateway
    /// @return whether all is as wanted
    /// @throws IOException when the routing table cannot be read
    public boolean apply(SortedMap<String, String> wanted) throws IOException {
        if (known && applied.equals(wanted)) {
            return true;
        }
        Map<String, String> present = present();
        known = true;
        SortedMap<String, String> now = new TreeMap<>();
        boolean complete = true;
        for (Map.Entry<String, String> route : wanted.entrySet()) {
            boolean there = route.getValue().equals(present.remove(route.getKey()));
            if (there || set(route.getKey(), route.getValue())) {
                now.put(route.getKey(), route.getValue());
            } else {
                complete = false;
            }
        }
        for (String stale : present.keySet()) {
            if (!wanted.containsKey(stale)) {
                command.run("", "ip", "-4", "route", "del", stale, "proto", PROTOCOL);
            }
        }
        applied = now;
        return complete;
    }

    private boolean set(String destination, String gateway) {
        try {
            command.run("", "ip", "-4", "route", "replace", destination, "via", gateway, "proto", PROTOCOL);
            return true;
        } catch (IOException e) {
            LOG.warn("no route to pods {} by {}: {}", destination, gateway, e.getMessage());
            return false;
        }
    }

    private Map<String, String> present() throws IOException {
        Map<String, String> routes = new HashMap<>();
        for (String line : command.run("", "ip", "-4", "route", "show", "proto", PROTOCOL)
                .lines()
                .toList()) {
            String[] words = line.strip().split(" ");
            if (words.length >= 3 && words[1].equals("via")) {
                routes.put(words[0], words[2]);
            }
        }
        return routes;
    }
}
