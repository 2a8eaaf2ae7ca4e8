package io.gantry.api.core.v1.namespace;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `NamespaceSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NamespaceSpec", model = "V1NamespaceSpec")
public record NamespaceSpec(@ListType(ListType.Kind.ATOMIC) List<String> finalizers) {
    public NamespaceSpec {
        finalizers = Copies.list(finalizers);
    }
}
