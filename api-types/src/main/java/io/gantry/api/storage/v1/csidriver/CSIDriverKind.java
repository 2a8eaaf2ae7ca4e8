package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.ListCells;
import java.util.ArrayList;
import java.util.List;

/// Declares the `CSIDriver` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class CSIDriverKind implements KindDefinition<CSIDriver> {
    public static final Kind<CSIDriver> KIND =
            new Kind<>(CSIDriver.class, "storage.k8s.io", "v1", "CSIDriver", "csidrivers", false, List.of(), List.of());

    @Override
    public Kind<CSIDriver> kind() {
        return KIND;
    }

    @Override
    public KindRules<CSIDriver> rules() {
        return new CSIDriverRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "AttachRequired",
                        "boolean",
                        "",
                        0,
                        "Whether volumes are attached.",
                        (d, now) -> d.path("spec").path("attachRequired").asBoolean(true)),
                new Column(
                        "PodInfoOnMount",
                        "boolean",
                        "",
                        0,
                        "Whether it is told of the pod.",
                        Cells.bool("spec.podInfoOnMount")),
                new Column(
                        "StorageCapacity",
                        "boolean",
                        "",
                        0,
                        "Whether it tells its capacity.",
                        Cells.bool("spec.storageCapacity")),
                Column.text("TokenRequests", "Audiences of tokens.", (d, now) -> {
                    List<String> all = new ArrayList<>();
                    d.path("spec")
                            .path("tokenRequests")
                            .forEach(t -> all.add(t.path("audience").asString("")));
                    return all.isEmpty() ? Cells.UNSET : String.join(",", all);
                }),
                new Column(
                        "RequiresRepublish",
                        "boolean",
                        "",
                        0,
                        "Whether it is called again and again.",
                        Cells.bool("spec.requiresRepublish")),
                Column.text(
                        "Modes", "Lifecycles of volumes.", ListCells.joined("spec.volumeLifecycleModes", Cells.NONE)),
                Column.age());
    }
}
