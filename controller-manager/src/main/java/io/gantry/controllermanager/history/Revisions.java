package io.gantry.controllermanager.history;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevision;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionBuilder;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.deployment.TemplateHash;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The template history of DaemonSets and StatefulSets as ControllerRevisions (upstream `pkg/controller/history`).
public final class Revisions {
    /// The label by which pods tell their revision.
    public static final String HASH = "controller-revision-hash";

    private static final String REVISION_HASH = "controller.kubernetes.io/hash";

    public static final Comparator<ControllerRevision> BY_REVISION =
            Comparator.comparingLong(revision -> number(revision.revision()));

    private final Kind<?> ownerKind;
    private final Resource<ControllerRevision> resource;

    public Revisions(Kind<?> ownerKind, Resource<ControllerRevision> resource) {
        this.ownerKind = ownerKind;
        this.resource = resource;
    }

    /// The revision of the owner's current template: made when there is none, made the newest when it is an old one.
    ///
    /// @param owned the owner's revisions
    public ControllerRevision current(
            KubernetesObject owner, PodTemplateSpec template, int collisions, List<ControllerRevision> owned) {
        ObjectNode data = data(template);
        long newest = owned.stream().mapToLong(r -> number(r.revision())).max().orElse(0);
        Optional<ControllerRevision> same = owned.stream()
                .filter(revision -> template.equals(templateOf(revision)))
                .max(BY_REVISION);
        if (same.isEmpty()) {
            return create(owner, template, data, collisions, newest + 1);
        }
        if (number(same.get().revision()) == newest) {
            return same.get();
        }
        return resource.update(ControllerRevisionBuilder.builder(same.get())
                .revision(newest + 1)
                .build());
    }

    private ControllerRevision create(
            KubernetesObject owner, PodTemplateSpec template, ObjectNode data, int collisions, long revision) {
        String hash = TemplateHash.of(template, collisions);
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.put(HASH, hash);
        labels.put(REVISION_HASH, hash);
        ObjectKey key = ObjectKey.of(owner);
        String name = key.name() + "-" + hash;
        try {
            return resource.create(ControllerRevisionBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .namespace(key.namespace())
                            .name(name)
                            .labels(labels)
                            .annotations(owner.metadata().annotations())
                            .ownerReferences(List.of(Owners.controllerReference(ownerKind, owner)))
                            .build())
                    .data(data)
                    .revision(revision)
                    .build());
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
            ControllerRevision existing = resource.get(key.namespace(), name);
            if (Owners.isControlledBy(existing, owner) && template.equals(templateOf(existing))) {
                return existing;
            }
            throw e;
        }
    }

    /// Removes the oldest revisions that nothing uses, beyond the limit.
    public void truncate(List<ControllerRevision> owned, Set<String> usedHashes, int limit) {
        List<ControllerRevision> unused = owned.stream()
                .filter(revision -> !usedHashes.contains(hash(revision)))
                .sorted(BY_REVISION)
                .toList();
        for (ControllerRevision revision : unused.subList(0, Math.max(0, unused.size() - limit))) {
            ObjectKey key = ObjectKey.of(revision);
            try {
                resource.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(revision)));
            } catch (StatusException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
    }

    public static String hash(ControllerRevision revision) {
        return text(revision.metadata().labels().get(HASH));
    }

    /// The template that a revision keeps.
    public static PodTemplateSpec templateOf(ControllerRevision revision) {
        JsonNode data = revision.data();
        JsonNode template = data == null
                ? Json.MAPPER.createObjectNode()
                : data.path("spec").path("template");
        return Json.MAPPER.treeToValue(template, PodTemplateSpec.class);
    }

    /// As kubectl expects it for `rollout undo`: a strategic merge patch that replaces the template.
    /// In the order that Go writes maps in, since clients compare the bytes with the present template's.
    static ObjectNode data(PodTemplateSpec template) {
        ObjectNode tree = Json.MAPPER.valueToTree(template);
        tree.put("$patch", "replace");
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.putObject("spec").set("template", sorted(tree));
        return data;
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            node.forEach(item -> array.add(sorted(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = Json.MAPPER.createObjectNode();
        node.propertyNames().stream().sorted().forEach(name -> object.set(name, sorted(node.path(name))));
        return object;
    }
}
