package io.gantry.api.networking.v1.ingress;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `HTTPIngressRuleValue` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.HTTPIngressRuleValue", model = "V1HTTPIngressRuleValue")
public record HTTPIngressRuleValue(
        @Required @ListType(ListType.Kind.ATOMIC) List<HTTPIngressPath> paths) {
    public HTTPIngressRuleValue {
        paths = Copies.list(paths);
    }
}
