package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ports of all containers of a pod that get in each other's way (upstream `pkg/api/pod/warnings.go`).
final class PortWarnings {
    private final List<String> warnings;
    private final Map<String, List<Placed>> byNumber = new HashMap<>();
    private final Map<String, String> byName = new HashMap<>();

    private record Placed(ContainerPort port, String path) {
        /// A port of the host, 0 where none is asked for.
        int host() {
            return port.hostPort() == null ? 0 : port.hostPort();
        }

        String address() {
            return text(port.hostIP());
        }
    }

    PortWarnings(List<String> warnings) {
        this.warnings = warnings;
    }

    /// Takes the ports of one more container.
    void add(List<ContainerPort> ports, String path) {
        for (int i = 0; i < ports.size(); i++) {
            Placed placed = new Placed(ports.get(i), path + "[" + i + "]");
            List<Placed> others = byNumber.computeIfAbsent(
                    placed.port().containerPort() + "/" + placed.port().protocol(), key -> new ArrayList<>());
            for (Placed other : others) {
                String fault = fault(placed, other);
                if (fault != null) {
                    warnings.add(placed.path() + ": " + fault + " port definition with " + other.path());
                }
            }
            others.add(placed);
            name(placed);
        }
    }

    private static @Nullable String fault(Placed one, Placed other) {
        if (one.host() == other.host() && one.address().equals(other.address())) {
            return "duplicate";
        }
        if (one.host() == 0 || other.host() == 0) {
            return "overlapping";
        }
        return one.host() == other.host()
                        && one.address().isEmpty() != other.address().isEmpty()
                ? "dangerously ambiguous"
                : null;
    }

    private void name(Placed placed) {
        String name = text(placed.port().name());
        if (name.isEmpty()) {
            return;
        }
        String first = byName.putIfAbsent(name, placed.path());
        if (first != null) {
            warnings.add(placed.path() + ": duplicate port name \"" + name + "\" with " + first
                    + ", services and probes that select ports by name will use " + first);
        }
    }
}
