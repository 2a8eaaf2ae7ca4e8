package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `ExecAction` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ExecAction", model = "V1ExecAction")
public record ExecAction(@ListType(ListType.Kind.ATOMIC) List<String> command) {
    public ExecAction {
        command = Copies.list(command);
    }
}
