package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Union;
import org.jspecify.annotations.Nullable;

/// `Subject` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.Subject", model = "FlowcontrolV1Subject")
@Union(
        discriminator = "kind",
        fields = {"group", "serviceAccount", "user"})
public record Subject(
        @Required String kind,
        @Nullable UserSubject user,
        @Nullable GroupSubject group,
        @Nullable ServiceAccountSubject serviceAccount) {}
