package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ValidatingAdmissionPolicyStatus` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus",
        model = "V1ValidatingAdmissionPolicyStatus")
public record ValidatingAdmissionPolicyStatus(
        @Format("int64") @Nullable Long observedGeneration,
        @Nullable TypeChecking typeChecking,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        List<Condition> conditions) {
    public ValidatingAdmissionPolicyStatus {
        conditions = Copies.list(conditions);
    }
}
