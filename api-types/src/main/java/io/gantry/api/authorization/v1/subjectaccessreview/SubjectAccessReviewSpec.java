package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `SubjectAccessReviewSpec` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SubjectAccessReviewSpec", model = "V1SubjectAccessReviewSpec")
public record SubjectAccessReviewSpec(
        @Nullable ResourceAttributes resourceAttributes,
        @Nullable NonResourceAttributes nonResourceAttributes,
        @Nullable String user,
        @ListType(ListType.Kind.ATOMIC) List<String> groups,
        Map<String, List<String>> extra,
        @Nullable String uid) {
    public SubjectAccessReviewSpec {
        groups = Copies.list(groups);
        extra = Copies.map(extra);
    }
}
