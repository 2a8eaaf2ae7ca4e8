package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The ValidatingAdmissionPolicy kind of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy",
        model = "V1ValidatingAdmissionPolicy")
public record ValidatingAdmissionPolicy(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        ValidatingAdmissionPolicySpec spec,
        @Default("{}") ValidatingAdmissionPolicyStatus status)
        implements KubernetesObject {
    public ValidatingAdmissionPolicy {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? ValidatingAdmissionPolicySpecBuilder.builder().build() : spec;
        status = status == null
                ? ValidatingAdmissionPolicyStatusBuilder.builder().build()
                : status;
    }
}
