package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `FlowSchemaSpec` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.FlowSchemaSpec", model = "V1FlowSchemaSpec")
public record FlowSchemaSpec(
        @Required @Written PriorityLevelConfigurationReference priorityLevelConfiguration,
        @Format("int32") @Default("1000") @Written @Nullable Integer matchingPrecedence,
        @Nullable FlowDistinguisherMethod distinguisherMethod,
        @ListType(ListType.Kind.ATOMIC) List<PolicyRulesWithSubjects> rules) {
    public FlowSchemaSpec {
        rules = Copies.list(rules);
    }
}
