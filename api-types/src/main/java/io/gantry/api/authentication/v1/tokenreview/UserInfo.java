package io.gantry.api.authentication.v1.tokenreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `UserInfo` of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.UserInfo", model = "V1UserInfo")
public record UserInfo(
        @Nullable String username,
        @Nullable String uid,
        @ListType(ListType.Kind.ATOMIC) List<String> groups,
        Map<String, List<String>> extra) {
    public UserInfo {
        groups = Copies.list(groups);
        extra = Copies.map(extra);
    }
}
