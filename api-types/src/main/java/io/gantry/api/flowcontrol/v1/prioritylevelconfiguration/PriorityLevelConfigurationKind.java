package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `PriorityLevelConfiguration` kind of `flowcontrol.apiserver.k8s.io/v1` to the API server and to
/// clients.
public final class PriorityLevelConfigurationKind implements KindDefinition<PriorityLevelConfiguration> {
    public static final Kind<PriorityLevelConfiguration> KIND = new Kind<>(
            PriorityLevelConfiguration.class,
            "flowcontrol.apiserver.k8s.io",
            "v1",
            "PriorityLevelConfiguration",
            "prioritylevelconfigurations",
            false,
            List.of(),
            List.of());

    @Override
    public Kind<PriorityLevelConfiguration> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }
}
