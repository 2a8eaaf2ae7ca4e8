package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicybinding;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The MutatingAdmissionPolicyBinding kind of `admissionregistration.k8s.io/v1`; fields and their meaning are
/// upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding",
        model = "V1MutatingAdmissionPolicyBinding")
public record MutatingAdmissionPolicyBinding(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        MutatingAdmissionPolicyBindingSpec spec)
        implements KubernetesObject {
    public MutatingAdmissionPolicyBinding {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null
                ? MutatingAdmissionPolicyBindingSpecBuilder.builder().build()
                : spec;
    }
}
