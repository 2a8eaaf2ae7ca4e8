package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;

/// `ContainerRestartRuleOnExitCodes` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes", model = "V1ContainerRestartRuleOnExitCodes")
public record ContainerRestartRuleOnExitCodes(
        @Required @Written(false) String operator,
        @Format("int32") @ListType(ListType.Kind.SET) List<Integer> values) {
    public ContainerRestartRuleOnExitCodes {
        values = Copies.list(values);
    }
}
