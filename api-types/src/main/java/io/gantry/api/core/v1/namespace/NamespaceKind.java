package io.gantry.api.core.v1.namespace;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import java.util.List;
import java.util.Set;

/// Declares the `Namespace` kind of `v1` to the API server and to clients.
public final class NamespaceKind implements KindDefinition<Namespace> {
    public static final Kind<Namespace> KIND =
            new Kind<>(Namespace.class, "", "v1", "Namespace", "namespaces", false, List.of("ns"), List.of());

    @Override
    public Kind<Namespace> kind() {
        return KIND;
    }

    /// Namespaces are not deleted all at once.
    @Override
    public List<String> verbs() {
        return ALL_VERBS.stream()
                .filter(verb -> !verb.equals("deletecollection"))
                .toList();
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.FINALIZE);
    }

    @Override
    public KindRules<Namespace> rules() {
        return new NamespaceRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("Status", "The state of the namespace.", Cells.text("status.phase")), Column.age());
    }
}
