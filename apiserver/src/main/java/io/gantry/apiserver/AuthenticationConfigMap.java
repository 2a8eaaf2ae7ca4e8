package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// The ConfigMap `kube-system/extension-apiserver-authentication`, from which aggregated servers learn whom to believe
/// (upstream `controlplane/controller/clusterauthenticationtrust`).
final class AuthenticationConfigMap {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationConfigMap.class);
    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "extension-apiserver-authentication";

    private final Path clientCa;
    private final FrontProxyFlags front;

    AuthenticationConfigMap(Path clientCa, FrontProxyFlags front) {
        this.clientCa = clientCa;
        this.front = front;
    }

    private AuthenticationTrust own() throws IOException, CertificateException {
        List<X509Certificate> proxies =
                front.clientCa().isPresent() ? Pem.certificates(front.clientCa().get()) : List.of();
        return new AuthenticationTrust(Pem.certificates(clientCa), proxies, front.names());
    }

    /// Whether it is gone.
    boolean missing(ObjectReader reader) {
        return reader.look(ConfigMapKind.KIND, NAMESPACE, NAME).isEmpty();
    }

    /// Makes it, or adds what the files say. Blocks.
    ///
    /// @throws IOException when a file cannot be read
    /// @throws CertificateException when its certificates cannot
    void reconcile(ObjectReader reader, ObjectWriter writer, Instant now) throws IOException, CertificateException {
        Optional<ObjectNode> found = reader.get(ConfigMapKind.KIND, NAMESPACE, NAME);
        Map<String, String> before = found.map(map -> Trees.map(map, "data")).orElse(Map.of());
        Map<String, String> after = published(before).and(own(), now).data();
        if (found.isPresent() && before.equals(after)) {
            return;
        }
        ObjectNode object = found.orElseGet(() -> {
            ObjectNode fresh = Json.MAPPER.createObjectNode();
            fresh.putObject("metadata").put("namespace", NAMESPACE).put("name", NAME);
            return fresh;
        });
        object.remove("data");
        ObjectNode values = Trees.object(object, "data");
        after.forEach(values::put);
        write(writer, object, found.isPresent());
    }

    /// What it says; what cannot be read helps nobody and goes.
    private static AuthenticationTrust published(Map<String, String> data) throws CertificateException {
        try {
            return AuthenticationTrust.of(data);
        } catch (CertificateException | JacksonException e) {
            LOG.warn("cannot read {}/{}, writing it anew: {}", NAMESPACE, NAME, e.getMessage());
            return AuthenticationTrust.of(Map.of());
        }
    }

    private static void write(ObjectWriter writer, ObjectNode object, boolean update) {
        try {
            if (update) {
                writer.update(ConfigMapKind.KIND, object);
            } else {
                writer.create(ConfigMapKind.KIND, object);
            }
        } catch (StatusException e) {
            // Another server of the cluster made the same.
            if (!e.isAlreadyExists() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
