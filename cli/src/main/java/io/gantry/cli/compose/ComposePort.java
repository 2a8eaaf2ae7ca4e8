package io.gantry.cli.compose;

import io.gantry.cli.CliException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A port that a service publishes.
///
/// @param published on the nodes' addresses, 1 to 65535
/// @param target in the container
/// @param protocol TCP or UDP
public record ComposePort(int published, int target, String protocol) {
    private static final int LARGEST = 65_535;
    private static final Pattern SHORT = Pattern.compile(
            "(?:(?<ip>\\[[^]]*]|[^:]+):(?=[^:]*:))?(?:(?<published>\\d+(?:-\\d+)?)?:)?(?<target>\\d+(?:-\\d+)?)(?:/(?<protocol>tcp|udp))?");

    /// Reads the short form (`8080:80/udp`, ranges, a leading address) or the long one.
    static List<ComposePort> read(ComposeNode node) {
        if (node.isMap()) {
            node.refuseOthers(Set.of("target", "published", "protocol", "mode", "host_ip", "name", "app_protocol"));
            int target = node.get("target").number();
            int published =
                    node.get("published").isPresent() ? node.get("published").number() : target;
            String protocol = node.get("protocol").optionalText().orElse("tcp");
            return List.of(new ComposePort(published, target, protocol.toUpperCase(Locale.ROOT)));
        }
        Matcher match = SHORT.matcher(node.text());
        if (!match.matches()) {
            throw node.wrong("a port is [address:][published:]target[/tcp|udp], not " + node.text());
        }
        int[] target = range(node, match.group("target"));
        String given = match.group("published");
        int[] published = given == null ? target : range(node, given);
        if (published[1] - published[0] != target[1] - target[0]) {
            throw node.wrong("the two ranges of " + node.text() + " differ in length");
        }
        String protocol = match.group("protocol") == null
                ? "TCP"
                : match.group("protocol").toUpperCase(Locale.ROOT);
        List<ComposePort> ports = new ArrayList<>();
        for (int i = 0; i <= target[1] - target[0]; i++) {
            ports.add(new ComposePort(published[0] + i, target[0] + i, protocol));
        }
        return ports;
    }

    private static int[] range(ComposeNode node, String text) {
        String[] ends = text.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
        if (first < 1 || last > LARGEST || last < first) {
            throw new CliException(node.path() + ": ports are 1 to " + LARGEST + ", not " + text);
        }
        return new int[] {first, last};
    }

    /// A name for the port, unique among the ports of a service.
    String name() {
        return protocol.toLowerCase(Locale.ROOT) + "-" + published;
    }
}
