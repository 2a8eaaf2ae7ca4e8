package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The ConfigMap `kube-system/extension-apiserver-authentication`, from which aggregated servers learn whom to believe
/// (upstream `controlplane/controller/clusterauthenticationtrust`).
final class AuthenticationConfigMap {
    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "extension-apiserver-authentication";

    private final Optional<Path> clientCa;
    private final FrontProxyFlags front;

    AuthenticationConfigMap(Optional<Path> clientCa, FrontProxyFlags front) {
        this.clientCa = clientCa;
        this.front = front;
    }

    private Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        clientCa.ifPresent(file -> data.put("client-ca-file", read(file)));
        front.clientCa().ifPresent(file -> {
            data.put("requestheader-client-ca-file", read(file));
            data.put("requestheader-allowed-names", json(front.allowedNames()));
            data.put("requestheader-username-headers", json(front.usernameHeaders()));
            data.put("requestheader-uid-headers", json(front.uidHeaders()));
            data.put("requestheader-group-headers", json(front.groupHeaders()));
            data.put("requestheader-extra-headers-prefix", json(front.extraPrefixes()));
        });
        return data;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String json(List<String> values) {
        return Json.MAPPER.writeValueAsString(values);
    }

    /// Makes it, or brings it up to date with the files. Blocks.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    void reconcile(ObjectReader reader, ObjectWriter writer) {
        Map<String, String> data = data();
        if (data.isEmpty()) {
            return;
        }
        Optional<ObjectNode> found = reader.get(ConfigMapKind.KIND, NAMESPACE, NAME);
        if (found.isPresent() && Trees.map(found.get(), "data").entrySet().containsAll(data.entrySet())) {
            return;
        }
        ObjectNode object = found.orElseGet(() -> {
            ObjectNode fresh = Json.MAPPER.createObjectNode();
            fresh.putObject("metadata").put("namespace", NAMESPACE).put("name", NAME);
            return fresh;
        });
        ObjectNode values = Trees.object(object, "data");
        data.forEach(values::put);
        write(writer, object, found.isPresent());
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
