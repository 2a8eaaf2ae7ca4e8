package io.gantry.api.core.v1.secret;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `Secret` kind of `v1` to the API server and to clients.
public final class SecretKind implements KindDefinition<Secret> {
    public static final Kind<Secret> KIND =
            new Kind<>(Secret.class, "", "v1", "Secret", "secrets", true, List.of(), List.of());

    @Override
    public Kind<Secret> kind() {
        return KIND;
    }

    @Override
    public KindRules<Secret> rules() {
        return new SecretRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Type", "What it is for.", Cells.text("type")),
                Column.text(
                        "Data",
                        "How many keys it has.",
                        (secret, now) -> secret.path("data").size()),
                Column.age());
    }
}
