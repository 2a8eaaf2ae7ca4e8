package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `NodeSelectorTerm` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSelectorTerm", model = "V1NodeSelectorTerm")
@Atomic
public record NodeSelectorTerm(
        @ListType(ListType.Kind.ATOMIC) List<NodeSelectorRequirement> matchExpressions,
        @ListType(ListType.Kind.ATOMIC) List<NodeSelectorRequirement> matchFields) {
    public NodeSelectorTerm {
        matchExpressions = Copies.list(matchExpressions);
        matchFields = Copies.list(matchFields);
    }
}
