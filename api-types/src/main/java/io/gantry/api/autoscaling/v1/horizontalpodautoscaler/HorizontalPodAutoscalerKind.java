package io.gantry.api.autoscaling.v1.horizontalpodautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.AutoscalerColumns;
import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `HorizontalPodAutoscaler` kind of `autoscaling/v1` to the API server and to clients.
public final class HorizontalPodAutoscalerKind implements KindDefinition<HorizontalPodAutoscaler> {
    public static final Kind<HorizontalPodAutoscaler> KIND = new Kind<>(
            HorizontalPodAutoscaler.class,
            "autoscaling",
            "v1",
            "HorizontalPodAutoscaler",
            "horizontalpodautoscalers",
            true,
            List.of("hpa"),
            List.of("all"));

    @Override
    public Kind<HorizontalPodAutoscaler> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<HorizontalPodAutoscaler> rules() {
        return new HorizontalPodAutoscalerRules();
    }

    @Override
    public List<Column> columns() {
        return AutoscalerColumns.all();
    }
}
