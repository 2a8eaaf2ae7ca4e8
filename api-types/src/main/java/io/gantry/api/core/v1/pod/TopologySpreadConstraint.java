package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `TopologySpreadConstraint` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.TopologySpreadConstraint", model = "V1TopologySpreadConstraint")
public record TopologySpreadConstraint(
        @Required @Format("int32") Integer maxSkew,
        @Required String topologyKey,

        @Required @OneOf({"DoNotSchedule", "ScheduleAnyway"})
        String whenUnsatisfiable,

        @Nullable LabelSelector labelSelector,
        @Format("int32") @Nullable Integer minDomains,
        @OneOf({"Ignore", "Honor"}) @Nullable String nodeAffinityPolicy,
        @OneOf({"Ignore", "Honor"}) @Nullable String nodeTaintsPolicy,
        @ListType(ListType.Kind.ATOMIC) List<String> matchLabelKeys) {
    public TopologySpreadConstraint {
        matchLabelKeys = Copies.list(matchLabelKeys);
    }
}
