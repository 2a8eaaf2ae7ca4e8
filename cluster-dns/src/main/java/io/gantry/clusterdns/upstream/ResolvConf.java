package io.gantry.clusterdns.upstream;

import io.gantry.clusterdns.zone.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Name servers from flags or a resolver configuration file.
public final class ResolvConf {
    private static final int PORT = 53;

    private ResolvConf() {}

    /// The `nameserver` lines of a file; none when it cannot be read.
    public static List<InetSocketAddress> read(Path file) {
        List<InetSocketAddress> servers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 2 && words[0].equals("nameserver")) {
                    Addresses.parse(words[1]).ifPresent(ip -> servers.add(new InetSocketAddress(ip, PORT)));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return servers;
    }

    /// `IP` or `IP:PORT`, separated by commas.
    ///
    /// @throws IllegalArgumentException naming what is no address
    public static List<InetSocketAddress> parse(String text) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                servers.add(address(part.strip()));
            }
        }
        return servers;
    }

    /// `IP` or `IP:PORT`.
    ///
    /// @throws IllegalArgumentException when it is no address
    public static InetSocketAddress address(String text) {
        int colon = text.indexOf(':') == text.lastIndexOf(':') ? text.indexOf(':') : -1;
        String ip = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? PORT : Integer.parseInt(text.substring(colon + 1));
        return new InetSocketAddress(
                Addresses.parse(ip).orElseThrow(() -> new IllegalArgumentException("no IP address: " + text)), port);
    }

    /// Without those that are this server itself, which would ask in a circle.
    public static List<InetSocketAddress> without(List<InetSocketAddress> servers, Set<InetSocketAddress> own) {
        return servers.stream().filter(server -> !own.contains(server)).toList();
    }
}
