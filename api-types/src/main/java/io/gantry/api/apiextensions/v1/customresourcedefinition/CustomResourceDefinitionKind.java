package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `CustomResourceDefinition` kind of `apiextensions.k8s.io/v1` to the API server and to clients.
public final class CustomResourceDefinitionKind implements KindDefinition<CustomResourceDefinition> {
    public static final Kind<CustomResourceDefinition> KIND = new Kind<>(
            CustomResourceDefinition.class,
            "apiextensions.k8s.io",
            "v1",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            false,
            List.of("crd", "crds"),
            List.of("api-extensions"));

    @Override
    public Kind<CustomResourceDefinition> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<CustomResourceDefinition> rules() {
        return new CustomResourceDefinitionRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.created());
    }
}
