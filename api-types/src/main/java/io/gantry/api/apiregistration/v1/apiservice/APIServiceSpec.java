package io.gantry.api.apiregistration.v1.apiservice;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `APIServiceSpec` of `apiregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec", model = "V1APIServiceSpec")
public record APIServiceSpec(
        @Nullable ServiceReference service,
        @Nullable String group,
        @Nullable String version,
        @Nullable Boolean insecureSkipTLSVerify,

        @ListType(ListType.Kind.ATOMIC) @Format("byte") @Nullable
        String caBundle,

        @Required @Format("int32") Integer groupPriorityMinimum,
        @Required @Format("int32") Integer versionPriority) {}
