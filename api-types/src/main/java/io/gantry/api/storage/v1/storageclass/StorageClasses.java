package io.gantry.api.storage.v1.storageclass;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// Which class is that of claims that name none (upstream `pkg/apis/storage/util`).
public final class StorageClasses {
    public static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    private static final List<String> MARKS = List.of(DEFAULT, "storageclass.beta.kubernetes.io/is-default-class");

    private StorageClasses() {}

    /// Whether an administrator has marked it, be it by the old annotation.
    public static boolean isDefault(StorageClass storageClass) {
        return MARKS.stream()
                .anyMatch(name ->
                        "true".equals(storageClass.metadata().annotations().get(name)));
    }

    /// The same of its tree.
    public static boolean isDefault(JsonNode storageClass) {
        JsonNode annotations = storageClass.path("metadata").path("annotations");
        return MARKS.stream()
                .anyMatch(name -> "true".equals(annotations.path(name).asString("")));
    }
}
