package io.gantry.kubelet.staticpod;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.PodRules;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.pod.PodStatusBuilder;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.core.v1.pod.TolerationBuilder;
import io.gantry.api.decode.Bodies;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.api.schema.Schemas;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Static pods and their mirrors (upstream `pkg/kubelet/config/common.go` and `pkg/kubelet/pod/mirror_client.go`).
/// Pure.
public final class StaticPods {
    static final String SOURCE = "kubernetes.io/config.source";
    static final String HASH = "kubernetes.io/config.hash";
    static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String FILE = "file";

    private StaticPods() {}

    /// Whether the pod comes from a file of its node.
    public static boolean isStatic(Pod pod) {
        return FILE.equals(pod.metadata().annotations().get(SOURCE)) && !isMirror(pod);
    }

    /// Whether the pod only shows a static pod in the API.
    public static boolean isMirror(Pod pod) {
        return pod.metadata().annotations().containsKey(MIRROR);
    }

    static String hash(Pod pod) {
        return pod.metadata().annotations().getOrDefault(HASH, "");
    }

    /// The pod of a manifest; its uid changes with the manifest.
    ///
    /// @throws io.gantry.api.StatusException when the bytes are no object
    /// @throws IllegalArgumentException when they are no pod, or one that wants objects of the API
    static Pod of(byte[] manifest, String file, String node) {
        ObjectNode tree = Bodies.yaml(manifest).tree();
        if (!"Pod".equals(tree.path("kind").asString(""))
                || !"v1".equals(tree.path("apiVersion").asString(""))) {
            throw new IllegalArgumentException("not a v1 Pod");
        }
        Schemas.of(PodKind.KIND).applyDefaults(tree);
        new PodRules().defaults(tree);
        Pod pod = Json.MAPPER.treeToValue(tree, Pod.class);
        String name = pod.metadata().name();
        if (name == null || name.isEmpty() || pod.spec().containers().isEmpty()) {
            throw new IllegalArgumentException("a static pod needs a name and containers");
        }
        StaticPodReferences.first(pod).ifPresent(resource -> {
            throw new IllegalArgumentException("static pods may not reference " + resource);
        });
        String hash = hash(manifest, file, node);
        Map<String, String> annotations = new LinkedHashMap<>(pod.metadata().annotations());
        annotations.put(HASH, hash);
        annotations.put(SOURCE, FILE);
        ObjectMeta metadata = ObjectMetaBuilder.builder(pod.metadata())
                .name(name + "-" + node)
                .namespace(Objects.requireNonNullElse(pod.metadata().namespace(), "default"))
                .uid(hash)
                .annotations(annotations)
                .build();
        return PodBuilder.builder(pod)
                .metadata(metadata)
                .spec(spec(pod.spec(), node))
                .status(PodStatusBuilder.builder().phase("Pending").build())
                .build();
    }

    private static String hash(byte[] manifest, String file, String node) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((node + "\n" + file + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(manifest);
        return UUID.nameUUIDFromBytes(all.toByteArray()).toString().replace("-", "");
    }

    /// No taint evicts what the node itself wants.
    private static PodSpec spec(PodSpec spec, String node) {
        List<Toleration> tolerations = new ArrayList<>(spec.tolerations());
        tolerations.add(TolerationBuilder.builder()
                .operator("Exists")
                .effect("NoExecute")
                .build());
        return PodSpecBuilder.builder(spec)
                .nodeName(node)
                .tolerations(tolerations)
                .build();
    }

    /// What the API shows of a static pod.
    static Pod mirror(Pod pod, String nodeUid) {
        Map<String, String> annotations = new LinkedHashMap<>(pod.metadata().annotations());
        annotations.put(MIRROR, hash(pod));
        OwnerReference owner = OwnerReferenceBuilder.builder()
                .apiVersion("v1")
                .kind("Node")
                .name(Objects.requireNonNullElse(pod.spec().nodeName(), ""))
                .uid(nodeUid)
                .controller(true)
                .build();
        return PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder(pod.metadata())
                        .uid(null)
                        .resourceVersion(null)
                        .annotations(annotations)
                        .ownerReferences(List.of(owner))
                        .build())
                .build();
    }
}
