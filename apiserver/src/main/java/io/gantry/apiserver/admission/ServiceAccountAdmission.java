package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives every pod a service account, its pull secrets, and a volume with a token, the cluster's CA and the namespace
/// (upstream `plugin/pkg/admission/serviceaccount`).
public final class ServiceAccountAdmission implements AdmissionPlugin {
    static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String VOLUME_PREFIX = "kube-api-access-";
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    /// An hour and a little: kubelets renew at 80 %.
    private static final int TOKEN_SECONDS = 3_607;

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final Accounts accounts;

    public ServiceAccountAdmission(ObjectReader reader) {
        accounts = new Accounts(reader);
    }

    @Override
    public String name() {
        return "ServiceAccount";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!applies(attributes)) {
            return;
        }
        ObjectNode spec = Trees.object(pod, "spec");
        if (mirror(pod)) {
            checkMirror(attributes, spec);
            return;
        }
        String name = Trees.text(spec, "serviceAccountName");
        if (name.isEmpty()) {
            name = Accounts.DEFAULT;
            spec.put("serviceAccountName", name);
        }
        spec.put("serviceAccount", name);
        ObjectNode account = account(attributes, name);
        if (automounts(account, spec)) {
            mount(spec);
        }
        List<JsonNode> pullSecrets = Trees.list(account, "imagePullSecrets");
        if (Trees.list(spec, "imagePullSecrets").isEmpty() && !pullSecrets.isEmpty()) {
            ArrayNode added = Trees.array(spec, "imagePullSecrets");
            pullSecrets.forEach(secret -> added.add(secret.deepCopy()));
        }
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        boolean ephemeral = attributes.operation() == AdmissionAttributes.Operation.UPDATE
                && attributes.group().isEmpty()
                && attributes.resource().equals("pods")
                && attributes.subresource().equals("ephemeralcontainers");
        if (ephemeral || applies(attributes) && !mirror(pod)) {
            Optional<MountableSecrets> mountable =
                    MountableSecrets.of(account(attributes, Trees.text(pod, "spec", "serviceAccountName")));
            if (ephemeral) {
                // Upstream tells of it without a reason, as of a fault of its own.
                mountable.flatMap(secrets -> secrets.faultOfEphemeral(pod)).ifPresent(why -> {
                    throw StatusException.of(500, "", why, null);
                });
            } else {
                mountable.flatMap(secrets -> secrets.fault(pod)).ifPresent(why -> {
                    throw Refusals.forbidden(attributes, why);
                });
            }
        }
    }

    private static boolean applies(AdmissionAttributes attributes) {
        return attributes.is("", "pods") && attributes.operation() == AdmissionAttributes.Operation.CREATE;
    }

    private static boolean mirror(ObjectNode pod) {
        return !Trees.at(pod, "metadata", "annotations", MIRROR).isMissingNode();
    }

    private static void checkMirror(AdmissionAttributes attributes, ObjectNode spec) {
        if (!Trees.text(spec, "serviceAccountName").isEmpty()) {
            throw Refusals.forbidden(attributes, "a mirror pod may not reference service accounts");
        }
        for (JsonNode volume : Trees.list(spec, "volumes")) {
            if (volume.has("secret")) {
                throw Refusals.forbidden(attributes, "a mirror pod may not reference secrets");
            }
            for (JsonNode source : Trees.list(volume, "projected", "sources")) {
                if (source.has("serviceAccountToken")) {
                    throw Refusals.forbidden(
                            attributes, "a mirror pod may not use ServiceAccountToken volume projections");
                }
            }
        }
    }

    private ObjectNode account(AdmissionAttributes attributes, String name) {
        try {
            return accounts.find(attributes.namespace(), name)
                    .orElseThrow(() -> Refusals.forbidden(
                            attributes,
                            "error looking up service account " + attributes.namespace() + "/" + name
                                    + ": serviceaccount \"" + name + "\" not found"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusException.internal("interrupted while waiting for a service account");
        }
    }

    private static boolean automounts(ObjectNode account, ObjectNode spec) {
        JsonNode ofPod = spec.path("automountServiceAccountToken");
        JsonNode ofAccount = account.path("automountServiceAccountToken");
        return ofPod.isBoolean() ? ofPod.booleanValue() : !ofAccount.isBoolean() || ofAccount.booleanValue();
    }

    private static void mount(ObjectNode spec) {
        String volume = existingVolume(spec).orElseGet(() -> VOLUME_PREFIX + suffix());
        boolean needed = false;
        for (String field : List.of("initContainers", "containers")) {
            for (ObjectNode container : Trees.objects(spec, field)) {
                boolean has = Trees.list(container, "volumeMounts").stream()
                        .anyMatch(mount -> Trees.text(mount, "mountPath").equals(MOUNT_PATH));
                if (!has) {
                    Trees.array(container, "volumeMounts")
                            .addObject()
                            .put("name", volume)
                            .put("readOnly", true)
                            .put("mountPath", MOUNT_PATH);
                    needed = true;
                }
            }
        }
        if (needed && existingVolume(spec).isEmpty()) {
            addVolume(Trees.array(spec, "volumes"), volume);
        }
    }

    private static Optional<String> existingVolume(ObjectNode spec) {
        return Trees.list(spec, "volumes").stream()
                .map(volume -> Trees.text(volume, "name"))
                .filter(name -> name.startsWith(VOLUME_PREFIX))
                .findFirst();
    }

    private static void addVolume(ArrayNode volumes, String name) {
        ObjectNode projected = volumes.addObject().put("name", name).putObject("projected");
        projected.put("defaultMode", 0644);
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        ObjectNode ca = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        ca.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        ObjectNode item = sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace");
        item.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    }

    private static String suffix() {
        RandomGenerator random = ThreadLocalRandom.current();
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        }
        return suffix.toString();
    }
}
