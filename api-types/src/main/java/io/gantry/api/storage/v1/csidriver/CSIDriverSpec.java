package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CSIDriverSpec` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.CSIDriverSpec", model = "V1CSIDriverSpec")
public record CSIDriverSpec(
        @Default("true") @Nullable Boolean attachRequired,
        @Default("false") @Nullable Boolean podInfoOnMount,

        @ListType(ListType.Kind.SET) @Default("[\"Persistent\"]")
        List<String> volumeLifecycleModes,

        @Default("false") @Nullable Boolean storageCapacity,
        @Default("\"ReadWriteOnceWithFSType\"") @Nullable String fsGroupPolicy,
        @ListType(ListType.Kind.ATOMIC) List<TokenRequest> tokenRequests,
        @Default("false") @Nullable Boolean requiresRepublish,
        @Default("false") @Nullable Boolean seLinuxMount,
        @Format("int64") @Nullable Long nodeAllocatableUpdatePeriodSeconds,
        @Nullable Boolean serviceAccountTokenInSecrets,
        @Nullable Boolean preventPodSchedulingIfMissing) {
    public CSIDriverSpec {
        volumeLifecycleModes = Copies.list(volumeLifecycleModes);
        tokenRequests = Copies.list(tokenRequests);
    }
}
