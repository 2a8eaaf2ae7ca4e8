package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `PodTemplate` kind of `v1` to the API server and to clients.
public final class PodTemplateKind implements KindDefinition<PodTemplate> {
    public static final Kind<PodTemplate> KIND =
            new Kind<>(PodTemplate.class, "", "v1", "PodTemplate", "podtemplates", true, List.of(), List.of());

    @Override
    public Kind<PodTemplate> kind() {
        return KIND;
    }
}
