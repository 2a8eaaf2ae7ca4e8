package io.gantry.api.apps.v1.deployment;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Deployment` kind of `apps/v1` to the API server and to clients.
public final class DeploymentKind implements KindDefinition<Deployment> {
    public static final Kind<Deployment> KIND = new Kind<>(
            Deployment.class, "apps", "v1", "Deployment", "deployments", true, List.of("deploy"), List.of("all"));

    @Override
    public Kind<Deployment> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.SCALE);
    }

    @Override
    public KindRules<Deployment> rules() {
        return new DeploymentRules();
    }

    @Override
    public List<Column> columns() {
        return DeploymentColumns.all();
    }
}
