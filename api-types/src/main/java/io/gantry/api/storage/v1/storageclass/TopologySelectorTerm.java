package io.gantry.api.storage.v1.storageclass;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `TopologySelectorTerm` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.TopologySelectorTerm", model = "V1TopologySelectorTerm")
@Atomic
public record TopologySelectorTerm(
        @ListType(ListType.Kind.ATOMIC) List<TopologySelectorLabelRequirement> matchLabelExpressions) {
    public TopologySelectorTerm {
        matchLabelExpressions = Copies.list(matchLabelExpressions);
    }
}
