package io.gantry.apiserver;

import io.gantry.component.Flags;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `--authorization-mode`: who is asked whether something may be done, in order. Without it `Node,RBAC`, as a cluster
/// needs them (upstream's own default is `AlwaysAllow`).
///
/// @param modes names, at least one
/// @param given whether the flag was
record AuthorizationFlags(Set<Mode> modes, boolean given) {
    /// The authorizers there are, by upstream's names.
    enum Mode {
        Node,
        RBAC,
        AlwaysAllow,
        AlwaysDeny
    }

    AuthorizationFlags {
        modes = Collections.unmodifiableSet(new LinkedHashSet<>(modes));
    }

    /// @throws IllegalArgumentException for a mode that is not there, or given twice
    static AuthorizationFlags parse(Flags flags) {
        List<String> names = flags.all("authorization-mode").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .toList();
        Set<Mode> modes = new LinkedHashSet<>();
        for (String name : names) {
            if (!modes.add(mode(name))) {
                throw new IllegalArgumentException("authorization-mode \"" + name + "\" is specified more than once");
            }
        }
        return modes.isEmpty()
                ? new AuthorizationFlags(EnumSet.of(Mode.Node, Mode.RBAC), false)
                : new AuthorizationFlags(modes, true);
    }

    /// Whether somebody asked that not everything be allowed.
    boolean restricts() {
        return given && !modes.contains(Mode.AlwaysAllow);
    }

    private static Mode mode(String name) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("authorization-mode \"" + name
                        + "\" is not a valid mode; there are: Node, RBAC, AlwaysAllow, AlwaysDeny"));
    }
}
