package io.gantry.api.authentication.v1.tokenrequest;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `TokenRequestSpec` of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.TokenRequestSpec", model = "V1TokenRequestSpec")
public record TokenRequestSpec(
        @ListType(ListType.Kind.ATOMIC) List<String> audiences,
        @Format("int64") @Nullable Long expirationSeconds,
        @Nullable BoundObjectReference boundObjectRef) {
    public TokenRequestSpec {
        audiences = Copies.list(audiences);
    }
}
