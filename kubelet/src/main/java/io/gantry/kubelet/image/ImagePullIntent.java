package io.gantry.kubelet.image;

import java.util.Objects;

/// That the kubelet pulls an image (upstream `ImagePullIntent` of `kubelet.config.k8s.io/v1beta1`, as it stands in a
/// file).
///
/// @param image as a pod has it
record ImagePullIntent(String kind, String apiVersion, String image) {
    private static final String KIND = "ImagePullIntent";

    ImagePullIntent {
        PullRecordType.require(KIND, kind, apiVersion);
        Objects.requireNonNull(image, "image");
    }

    static ImagePullIntent of(String image) {
        return new ImagePullIntent(KIND, PullRecordType.VERSION, image);
    }
}
