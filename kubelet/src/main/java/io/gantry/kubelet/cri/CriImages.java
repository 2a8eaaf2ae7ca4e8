package io.gantry.kubelet.cri;

import static io.gantry.kubelet.cri.CriConnection.call;
import static io.gantry.kubelet.cri.CriConnection.found;

import io.gantry.kubelet.cri.v1.AuthConfig;
import io.gantry.kubelet.cri.v1.ImageFsInfoRequest;
import io.gantry.kubelet.cri.v1.ImageFsInfoResponse;
import io.gantry.kubelet.cri.v1.ImageSpec;
import io.gantry.kubelet.cri.v1.ImageStatusRequest;
import io.gantry.kubelet.cri.v1.ImageStatusResponse;
import io.gantry.kubelet.cri.v1.ListImagesRequest;
import io.gantry.kubelet.cri.v1.PullImageRequest;
import io.gantry.kubelet.cri.v1.RemoveImageRequest;
import io.gantry.kubelet.runtime.ImageFilesystem;
import io.gantry.kubelet.runtime.ImageView;
import io.gantry.kubelet.runtime.RegistryLogin;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.SandboxSpec;
import java.util.List;
import java.util.Optional;

/// Images over CRI. What goes in, comes out and fails is as [ContainerRuntime] has it. Thread-safe.
final class CriImages {
    private final CriConnection connection;
    private final ImageViews views;

    CriImages(CriConnection connection) {
        this.connection = connection;
        this.views = new ImageViews(connection);
    }

    List<RuntimeImage> list() {
        return call(() -> connection.images().listImages(ListImagesRequest.getDefaultInstance()))
                .getImagesList()
                .stream()
                .map(CriViews::image)
                .toList();
    }

    Optional<RuntimeImage> find(String reference) {
        ImageStatusRequest request =
                ImageStatusRequest.newBuilder().setImage(imageSpec(reference)).build();
        ImageStatusResponse response = call(() -> connection.images().imageStatus(request));
        return response.hasImage() ? Optional.of(CriViews.image(response.getImage())) : Optional.empty();
    }

    String pull(String reference, Optional<RegistryLogin> login, SandboxSpec sandbox) {
        PullImageRequest.Builder request = PullImageRequest.newBuilder()
                .setImage(imageSpec(reference))
                .setSandboxConfig(CriSpecs.sandbox(sandbox));
        login.ifPresent(auth -> request.setAuth(AuthConfig.newBuilder()
                .setUsername(auth.username())
                .setPassword(auth.password())
                .setIdentityToken(auth.identityToken())
                .setRegistryToken(auth.registryToken())));
        return call(() -> connection.imagesUnbounded().pullImage(request.build()))
                .getImageRef();
    }

    void remove(String reference) {
        RemoveImageRequest request =
                RemoveImageRequest.newBuilder().setImage(imageSpec(reference)).build();
        found(() -> connection.images().removeImage(request));
    }

    ImageView view(String reference, String key) {
        return views.make(reference, key);
    }

    void releaseView(String key) {
        views.remove(key);
    }

    ImageFilesystem filesystem() {
        ImageFsInfoResponse info = call(() -> connection.images().imageFsInfo(ImageFsInfoRequest.getDefaultInstance()));
        return info.getImageFilesystemsList().stream()
                .findFirst()
                .map(usage -> new ImageFilesystem(
                        usage.getFsId().getMountpoint(),
                        usage.getUsedBytes().getValue(),
                        usage.getInodesUsed().getValue()))
                .orElse(new ImageFilesystem("", 0, 0));
    }

    private static ImageSpec imageSpec(String reference) {
        return ImageSpec.newBuilder().setImage(reference).build();
    }
}
