package io.gantry.kubelet.image;

import io.gantry.api.Json;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.kubelet.runtime.ImageService;
import io.gantry.kubelet.runtime.RegistryLogin;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.SandboxSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A node's images and the registry that they come from: `reg.io/public/…` is everybody's, the rest is for
/// those who know a password of it.
final class PrivateRegistry implements ImageService {
    final List<String> pulls = new ArrayList<>();
    private final Map<String, RuntimeImage> images = new LinkedHashMap<>();
    private final List<String> passwords = new ArrayList<>(List.of("right"));

    /// Somebody puts it on the node.
    void load(String reference) {
        images.put(reference, named(id(reference), List.of(reference)));
    }

    static RuntimeImage named(String id, List<String> tags) {
        return new RuntimeImage(id, tags, List.of(), 10, OptionalLong.empty(), "", false);
    }

    static String id(String reference) {
        return "id-of-" + reference;
    }

    void alsoTakes(String password) {
        passwords.add(password);
    }

    @Override
    public List<RuntimeImage> images() {
        return List.copyOf(images.values());
    }

    @Override
    public Optional<RuntimeImage> image(String reference) {
        return Optional.ofNullable(images.get(reference));
    }

    @Override
    public String pullImage(String reference, Optional<RegistryLogin> login, SandboxSpec sandbox) {
        pulls.add(reference + " " + login.map(RegistryLogin::password).orElse("nobody"));
        boolean letIn = reference.startsWith("reg.io/public/")
                || login.filter(l -> passwords.contains(l.password())).isPresent();
        if (!letIn) {
            throw new RuntimeFailure(RuntimeFailure.Code.OTHER, "401 Unauthorized", null);
        }
        load(reference);
        return id(reference);
    }

    @Override
    public void removeImage(String reference) {
        images.values().removeIf(image -> image.id().equals(reference));
    }

    /// A pull secret.
    ///
    /// @param config what stands in its `.dockerconfigjson`
    static Secret secret(String namespace, String name, String uid, String config) {
        String data = Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8));
        return Json.MAPPER.readValue("""
                {"metadata":{"namespace":"%s","name":"%s","uid":"%s"},"type":"kubernetes.io/dockerconfigjson",
                 "data":{".dockerconfigjson":"%s"}}""".formatted(namespace, name, uid, data), Secret.class);
    }

    /// One for the registry.
    static Secret password(String namespace, String name, String uid, String password) {
        String config = "{\"auths\":{\"reg.io\":{\"username\":\"u\",\"password\":\"" + password + "\"}}}";
        return secret(namespace, name, uid, config);
    }
}
