package io.gantry.api.core.v1.node;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Node` kind of `v1` to the API server and to clients.
public final class NodeKind implements KindDefinition<Node> {
    public static final Kind<Node> KIND =
            new Kind<>(Node.class, "", "v1", "Node", "nodes", false, List.of("no"), List.of());

    @Override
    public Kind<Node> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.PROXY);
    }

    @Override
    public KindRules<Node> rules() {
        return new NodeRules();
    }

    @Override
    public List<Column> columns() {
        return NodeColumns.all();
    }

    @Override
    public List<String> columnPaths() {
        return NodeColumns.PATHS;
    }
}
