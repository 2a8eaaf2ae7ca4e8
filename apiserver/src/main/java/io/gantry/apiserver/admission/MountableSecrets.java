package io.gantry.apiserver.admission;

import io.gantry.api.json.GoBooleans;
import io.gantry.apiserver.objects.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The secrets that a service account lets its pods name, where its annotation says that they may name no others
/// (upstream `plugin/pkg/admission/serviceaccount`, `limitSecretReferences`). Pure.
///
/// @param secrets that may be mounted and read into variables
/// @param pullSecrets that images may be pulled with
record MountableSecrets(String account, Set<String> secrets, Set<String> pullSecrets) {
    private static final String ANNOTATION = "kubernetes.io/enforce-mountable-secrets";

    /// Empty where the account lets its pods name any.
    static Optional<MountableSecrets> of(JsonNode account) {
        if (!GoBooleans.isTrue(Trees.text(account, "metadata", "annotations", ANNOTATION))) {
            return Optional.empty();
        }
        return Optional.of(new MountableSecrets(
                Trees.name(account), names(account, "secrets"), names(account, "imagePullSecrets")));
    }

    private static Set<String> names(JsonNode account, String field) {
        Set<String> names = new HashSet<>();
        Trees.list(account, field).forEach(reference -> names.add(Trees.text(reference, "name")));
        return names;
    }

    /// What a new pod names and may not, the first of it.
    Optional<String> fault(JsonNode pod) {
        return Stream.of(
                        volumes(pod),
                        containers(pod, "initContainers", "init container "),
                        containers(pod, "containers", "container "),
                        images(pod))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The same of a pod's ephemeral containers.
    Optional<String> faultOfEphemeral(JsonNode pod) {
        return containers(pod, "ephemeralContainers", "ephemeral container ");
    }

    private Optional<String> volumes(JsonNode pod) {
        return Trees.list(pod, "spec", "volumes").stream()
                .filter(volume -> volume.path("secret").isObject())
                .map(volume -> Trees.text(volume, "secret", "secretName"))
                .filter(name -> !secrets.contains(name))
                .map(name -> refused("volume with secret.secretName=\"" + name + "\"", "that secret"))
                .findFirst();
    }

    private Optional<String> containers(JsonNode pod, String list, String word) {
        return Trees.list(pod, "spec", list).stream()
                .flatMap(container -> Stream.concat(
                                Trees.list(container, "env").stream()
                                        .flatMap(variable -> unlisted(
                                                variable.path("valueFrom").path("secretKeyRef"),
                                                " with envVar " + Trees.text(variable, "name"))),
                                Trees.list(container, "envFrom").stream()
                                        .flatMap(source -> unlisted(source.path("secretRef"), " with envFrom")))
                        .map(what -> refused(word + Trees.text(container, "name") + what, "that secret")))
                .findFirst();
    }

    private Stream<String> unlisted(JsonNode reference, String where) {
        String name = Trees.text(reference, "name");
        return reference.isObject() && !secrets.contains(name)
                ? Stream.of(where + " referencing secret.secretName=\"" + name + "\"")
                : Stream.empty();
    }

    private Optional<String> images(JsonNode pod) {
        List<JsonNode> references = Trees.list(pod, "spec", "imagePullSecrets");
        for (int i = 0; i < references.size(); i++) {
            String name = Trees.text(references.get(i), "name");
            if (!pullSecrets.contains(name)) {
                return Optional.of(
                        refused("imagePullSecrets[" + i + "].name=\"" + name + "\"", "that imagePullSecret"));
            }
        }
        return Optional.empty();
    }

    private String refused(String what, String missing) {
        return what + " is not allowed because service account " + account + " does not reference " + missing;
    }
}
