package io.gantry.kubelet.csi;

import io.gantry.api.Json;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequest;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestBuilder;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestStatus;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.kubelet.cluster.EmptyCluster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What the API server would say of one node, one driver and one attachment. One owner.
final class FakeCsiCluster extends EmptyCluster implements CsiCluster {
    private final String nodeName;
    private String node = "{}";
    private String driver = "{}";
    private String attachment = "{}";
    private String secret = "";
    private final List<PersistentVolumeClaim> updated = new ArrayList<>();

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
        return updated.getLast();
    }

    /// Every write of a claim's status.
    List<PersistentVolumeClaim> updates() {
        return List.copyOf(updated);
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
    public PersistentVolumeClaim updateStatus(PersistentVolumeClaim claim) {
        updated.add(claim);
        return claim;
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
}
