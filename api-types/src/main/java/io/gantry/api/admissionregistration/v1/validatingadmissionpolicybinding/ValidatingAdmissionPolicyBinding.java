package io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The ValidatingAdmissionPolicyBinding kind of `admissionregistration.k8s.io/v1`; fields and their meaning are
/// upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding",
        model = "V1ValidatingAdmissionPolicyBinding")
public record ValidatingAdmissionPolicyBinding(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required ValidatingAdmissionPolicyBindingSpec spec)
        implements KubernetesObject {
    public ValidatingAdmissionPolicyBinding {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null
                ? ValidatingAdmissionPolicyBindingSpecBuilder.builder().build()
                : spec;
    }
}
