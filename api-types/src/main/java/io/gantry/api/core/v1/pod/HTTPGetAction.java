package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `HTTPGetAction` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.HTTPGetAction", model = "V1HTTPGetAction")
public record HTTPGetAction(
        @Default("\"/\"") @Nullable String path,
        @Required IntOrString port,
        @Nullable String host,

        @OneOf({"HTTP", "HTTPS"}) @Default("\"HTTP\"") @Nullable
        String scheme,

        @ListType(ListType.Kind.ATOMIC) List<HTTPHeader> httpHeaders) {
    public HTTPGetAction {
        httpHeaders = Copies.list(httpHeaders);
    }
}
