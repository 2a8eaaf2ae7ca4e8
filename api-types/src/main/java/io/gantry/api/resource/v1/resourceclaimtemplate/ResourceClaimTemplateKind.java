package io.gantry.api.resource.v1.resourceclaimtemplate;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `ResourceClaimTemplate` kind of `resource.k8s.io/v1` to the API server and to clients.
public final class ResourceClaimTemplateKind implements KindDefinition<ResourceClaimTemplate> {
    public static final Kind<ResourceClaimTemplate> KIND = new Kind<>(
            ResourceClaimTemplate.class,
            "resource.k8s.io",
            "v1",
            "ResourceClaimTemplate",
            "resourceclaimtemplates",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<ResourceClaimTemplate> kind() {
        return KIND;
    }

    @Override
    public KindRules<ResourceClaimTemplate> rules() {
        return new ResourceClaimTemplateRules();
    }
}
