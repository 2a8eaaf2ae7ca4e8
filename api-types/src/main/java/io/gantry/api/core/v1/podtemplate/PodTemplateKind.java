package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `PodTemplate` kind of `v1` to the API server and to clients.
public final class PodTemplateKind implements KindDefinition<PodTemplate> {
    public static final Kind<PodTemplate> KIND =
            new Kind<>(PodTemplate.class, "", "v1", "PodTemplate", "podtemplates", true, List.of(), List.of());

    @Override
    public Kind<PodTemplate> kind() {
        return KIND;
    }

    @Override
    public KindRules<PodTemplate> rules() {
        return new PodTemplateRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Containers", "Names of the containers.", Cells.containers("template.spec")),
                Column.text("Images", "Images of the containers.", Cells.images("template.spec")),
                Column.text("Pod Labels", "Labels of the pods.", Cells.labels("template.metadata.labels")));
    }
}
