package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `WebhookConversion` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion",
        model = "V1WebhookConversion")
public record WebhookConversion(
        @Nullable WebhookClientConfig clientConfig,
        @Required @ListType(ListType.Kind.ATOMIC) List<String> conversionReviewVersions) {
    public WebhookConversion {
        conversionReviewVersions = Copies.list(conversionReviewVersions);
    }
}
