package io.gantry.kubelet.csi;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestStatus;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.kubelet.cluster.Cluster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What the API server would say of one node, one driver and one attachment. One owner.
final class FakeCsiCluster implements Cluster, CsiCluster {
    private final String nodeName;
    private String node = "{}";
    private String driver = "{}";
    private String attachment = "{}";
    private String secret = "";
    private Optional<PersistentVolumeClaim> updated = Optional.empty();

    FakeCsiCluster(String nodeName) {
        this.nodeName = nodeName;
    }

    void setNode(String status) {
        node = status;
    }

    void setDriver(String spec) {
        driver = spec;
    }

    void setAttachment(String status) {
        attachment = status;
    }

    void setSecret(String name, String key, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        secret = "{'metadata':{'name':'" + name + "'},'data':{'" + key + "':'" + encoded + "'}}";
    }

    PersistentVolumeClaim updated() {
        return updated.orElseThrow();
    }

    private static <T> T json(String text, Class<T> type) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    @Override
    public Node node() {
        return json("{'metadata':{'name':'" + nodeName + "'},'status':" + node + "}", Node.class);
    }

    @Override
    public Optional<CSIDriver> driver(String name) {
        String defaults = driver.contains("volumeLifecycleModes") ? "" : ",'volumeLifecycleModes':['Persistent']";
        String spec = driver.substring(0, driver.length() - 1) + defaults + "}";
        return Optional.of(json("{'metadata':{'name':'" + name + "'},'spec':" + spec + "}", CSIDriver.class));
    }

    @Override
    public Optional<VolumeAttachment> attachment(String name) {
        return Optional.of(
                json("{'metadata':{'name':'" + name + "'},'status':" + attachment + "}", VolumeAttachment.class));
    }

    @Override
    public void updateStatus(PersistentVolumeClaim claim) {
        updated = Optional.of(claim);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return secret.isEmpty() ? Optional.empty() : Optional.of(json(secret, Secret.class));
    }

    @Override
    public TokenRequest token(String namespace, String serviceAccount, TokenRequest request) {
        return TokenRequestBuilder.builder(request)
                .status(new TokenRequestStatus(
                        "token of " + serviceAccount + " for "
                                + request.spec().audiences().getFirst(),
                        Instant.parse("2100-01-01T00:00:00Z")))
                .build();
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public List<Service> services(String namespace) {
        return List.of();
    }

    @Override
    public boolean servicesSynced() {
        return true;
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> runtimeHandler(String runtimeClass) {
        return Optional.empty();
    }

    @Override
    public Optional<Pod> pod(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Pod updateStatus(Pod pod) {
        throw StatusException.internal("no pods here");
    }

    @Override
    public Pod createPod(Pod pod) {
        throw StatusException.internal("no pods here");
    }

    @Override
    public void deletePod(Pod pod) {
        throw StatusException.internal("no pods here");
    }
}
