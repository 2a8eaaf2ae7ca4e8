package io.gantry.kubelet.runtime;

import java.util.List;
import java.util.OptionalLong;

/// A container without any rule of its own, for tests.
public final class PlainSecurity {
    private PlainSecurity() {}

    public static SecuritySpec of(SecuritySpec.Namespaces namespaces) {
        return new SecuritySpec(
                namespaces,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                List.of(),
                false,
                false,
                false,
                false,
                List.of(),
                List.of(),
                SecuritySpec.Profile.UNCONFINED,
                SecuritySpec.Profile.UNSET,
                List.of(),
                List.of());
    }
}
