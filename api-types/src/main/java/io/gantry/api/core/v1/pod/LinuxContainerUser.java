package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `LinuxContainerUser` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LinuxContainerUser", model = "V1LinuxContainerUser")
public record LinuxContainerUser(
        @Required @Format("int64") Long uid,
        @Required @Format("int64") Long gid,
        @Format("int64") @ListType(ListType.Kind.ATOMIC) List<Long> supplementalGroups) {
    public LinuxContainerUser {
        supplementalGroups = Copies.list(supplementalGroups);
    }
}
