package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The MutatingAdmissionPolicy kind of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy", model = "V1MutatingAdmissionPolicy")
public record MutatingAdmissionPolicy(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata, MutatingAdmissionPolicySpec spec)
        implements KubernetesObject {
    public MutatingAdmissionPolicy {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? MutatingAdmissionPolicySpecBuilder.builder().build() : spec;
    }
}
