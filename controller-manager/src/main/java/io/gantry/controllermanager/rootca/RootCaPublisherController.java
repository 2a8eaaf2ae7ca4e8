package io.gantry.controllermanager.rootca;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapBuilder;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps the cluster's CA in a ConfigMap of every namespace, where pods get it from.
public final class RootCaPublisherController {
    static final String NAME = "kube-root-ca.crt";
    static final String KEY = "ca.crt";
    private static final String DESCRIPTION = "kubernetes.io/description";
    private static final String DESCRIPTION_TEXT =
            "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as"
                    + " the internal service IP or kubernetes.default.svc. No other usage is guaranteed across"
                    + " distributions of Kubernetes clusters.";

    private RootCaPublisherController() {}

    public static Controller create(ControllerContext context) {
        String ca = read(context.options().rootCa().orElseThrow());
        Informer<Namespace> namespaces = context.informers().informer(NamespaceKind.KIND);
        Informer<ConfigMap> maps =
                context.informers().informer(ConfigMapKind.KIND, Selection.ofFields("metadata.name=" + NAME));
        Resource<ConfigMap> resource = context.client().resource(ConfigMapKind.KIND);
        WorkQueue<String> queue = new WorkQueue<>();
        namespaces.addHandler(
                InformerHandler.onAny(ns -> queue.add(text(ns.metadata().name()))));
        maps.addHandler(
                InformerHandler.onAny(map -> queue.add(text(map.metadata().namespace()))));
        return new QueueController<>("root-ca-cert-publisher", queue, 1, namespace -> {
            if (namespaces
                    .lister()
                    .get("", namespace)
                    .filter(Namespaces::isActive)
                    .isPresent()) {
                publish(resource, maps.lister().get(namespace, NAME), namespace, ca);
            }
            return Result.done();
        });
    }

    private static void publish(
            Resource<ConfigMap> resource, Optional<ConfigMap> existing, String namespace, String ca) {
        try {
            if (existing.isEmpty()) {
                resource.create(ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace(namespace)
                                .name(NAME)
                                .annotations(Map.of(DESCRIPTION, DESCRIPTION_TEXT))
                                .build())
                        .data(Map.of(KEY, ca))
                        .build());
            } else if (!isRight(existing.get(), ca)) {
                resource.update(corrected(existing.get(), ca));
            }
        } catch (StatusException e) {
            if (!e.isAlreadyExists() && !Namespaces.isGone(e)) {
                throw e;
            }
        }
    }

    private static boolean isRight(ConfigMap map, String ca) {
        return map.data().equals(Map.of(KEY, ca))
                && DESCRIPTION_TEXT.equals(map.metadata().annotations().get(DESCRIPTION));
    }

    private static ConfigMap corrected(ConfigMap map, String ca) {
        Map<String, String> annotations = new LinkedHashMap<>(map.metadata().annotations());
        annotations.put(DESCRIPTION, DESCRIPTION_TEXT);
        return ConfigMapBuilder.builder(map)
                .metadata(ObjectMetaBuilder.builder(map.metadata())
                        .annotations(annotations)
                        .build())
                .data(Map.of(KEY, ca))
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("--root-ca-file", e);
        }
    }
}
