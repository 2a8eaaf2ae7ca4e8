package io.gantry.api.core.v1.replicationcontroller;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Written;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ReplicationControllerSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ReplicationControllerSpec", model = "V1ReplicationControllerSpec")
public record ReplicationControllerSpec(
        @Format("int32") @Default(value = "1", declared = true) @Nullable
        Integer replicas,

        @Format("int32") @Written @Nullable Integer minReadySeconds,
        @Atomic Map<String, String> selector,
        @Nullable PodTemplateSpec template) {
    public ReplicationControllerSpec {
        selector = Copies.map(selector);
    }
}
