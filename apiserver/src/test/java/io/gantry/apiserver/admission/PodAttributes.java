package io.gantry.apiserver.admission;

import io.gantry.api.Json;
import io.gantry.apiserver.authn.UserInfo;
import java.util.Locale;

/// What is done to the pod `p` of the namespace `n`.
public final class PodAttributes {
    private PodAttributes() {}

    public static AdmissionAttributes of(AdmissionAttributes.Operation operation, String subresource) {
        return new AdmissionAttributes(
                operation,
                operation.name().toLowerCase(Locale.ROOT),
                "",
                "v1",
                "Pod",
                "pods",
                subresource,
                "n",
                "p",
                UserInfo.of("u"),
                false,
                Json.MAPPER.createObjectNode(),
                warning -> {},
                new AdmissionNotes());
    }

    public static AdmissionAttributes update(String subresource) {
        return of(AdmissionAttributes.Operation.UPDATE, subresource);
    }
}
