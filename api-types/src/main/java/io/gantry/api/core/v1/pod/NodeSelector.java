package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `NodeSelector` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSelector", model = "V1NodeSelector")
@Atomic
public record NodeSelector(
        @Required @ListType(ListType.Kind.ATOMIC) List<NodeSelectorTerm> nodeSelectorTerms) {
    public NodeSelector {
        nodeSelectorTerms = Copies.list(nodeSelectorTerms);
    }
}
