package io.gantry.api.core.v1.configmap;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `ConfigMap` kind of `v1` to the API server and to clients.
public final class ConfigMapKind implements KindDefinition<ConfigMap> {
    public static final Kind<ConfigMap> KIND =
            new Kind<>(ConfigMap.class, "", "v1", "ConfigMap", "configmaps", true, List.of("cm"), List.of());

    @Override
    public Kind<ConfigMap> kind() {
        return KIND;
    }

    @Override
    public KindRules<ConfigMap> rules() {
        return new ConfigMapRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text(
                        "Data",
                        "How many keys it has.",
                        (map, now) ->
                                map.path("data").size() + map.path("binaryData").size()),
                Column.age());
    }
}
