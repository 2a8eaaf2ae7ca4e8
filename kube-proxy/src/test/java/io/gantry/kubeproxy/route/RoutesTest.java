package io.gantry.kubeproxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many programs are started. Instead of `ip` runs one that notes each start and keeps its routes in a file; it
/// reaches no gateway of 198.51.100.
final class RoutesTest {
    private static final String FAKE = """
            #!/bin/sh
            cd "$(dirname "$0")"
            echo "$*" >> started
            touch routes
            case "$*" in
            *show*) cat routes ;;
            *batch*)
                failed=0
                while read -r _ verb destination _ gateway _; do
                    grep -v "^$destination " routes > rest
                    mv rest routes
                    case "$verb $gateway" in
                    del*) ;;
                    *198.51.100.*) echo "Nexthop has invalid gateway"; failed=1 ;;
                    *) echo "$destination via $gateway dev eth0" >> routes ;;
                    esac
                done
                exit $failed ;;
            esac
            """;

    @TempDir
    Path folder;

    private Routes routes = new Routes(new Command(List.of()));

    @BeforeEach
    void program() throws IOException {
        Path program = Files.writeString(folder.resolve("fake"), FAKE);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        routes = new Routes(new Command(List.of(program.toString())));
    }

    @Test
    void manyRoutesFewPrograms() throws IOException {
        SortedMap<String, Hop> wanted = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            wanted.put("10.244." + i + ".0/24", direct("192.0.2." + i));
        }
        assertTrue(routes.apply(wanted));
        assertEquals(3, started());
        assertTrue(routes.apply(wanted));
        assertEquals(4, started(), "nothing changed");
        wanted.remove("10.244.7.0/24");
        assertTrue(routes.apply(wanted));
        assertEquals(7, started());
    }

    @Test
    void whatCannotBeSetIsTriedAgain() throws IOException {
        SortedMap<String, Hop> wanted = new TreeMap<>();
        wanted.put("10.244.1.0/24", direct("192.0.2.1"));
        wanted.put("10.244.2.0/24", direct("198.51.100.1"));
        assertFalse(routes.apply(wanted));
        assertFalse(routes.apply(wanted));
        wanted.put("10.244.2.0/24", direct("192.0.2.2"));
        assertTrue(routes.apply(wanted));
        assertEquals(
                List.of("10.244.1.0/24 via 192.0.2.1 dev eth0", "10.244.2.0/24 via 192.0.2.2 dev eth0"),
                Files.readAllLines(folder.resolve("routes")));
    }

    private static Hop direct(String gateway) {
        return new Hop(gateway, false);
    }

    private int started() throws IOException {
        return Files.readAllLines(folder.resolve("started")).size();
    }
}
