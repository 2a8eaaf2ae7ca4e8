package io.gantry.apiserver.admission.optional;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.objects.Trees;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Each container's image is pulled with the pod's own credentials, so that nobody uses what others have pulled.
final class AlwaysPullImages implements AdmissionPlugin {
    private static final String ALWAYS = "Always";

    @Override
    public String name() {
        return "AlwaysPullImages";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (concerns(attributes, pod, old)) {
            Pods.visit(pod, (container, path) -> container.put("imagePullPolicy", ALWAYS));
            for (ObjectNode volume : Trees.objects(pod, "spec", "volumes")) {
                if (volume.get("image") instanceof ObjectNode image) {
                    image.put("pullPolicy", ALWAYS);
                }
            }
        }
    }

    /// What is wrong is told as upstream tells it: an aggregate of refusals, which is no refusal itself.
    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!concerns(attributes, pod, old)) {
            return;
        }
        Set<String> refusals = new LinkedHashSet<>();
        Pods.visit(
                pod,
                (container, path) -> check(
                        attributes, Trees.text(container, "imagePullPolicy"), path + ".imagePullPolicy", refusals));
        int index = 0;
        for (ObjectNode volume : Trees.objects(pod, "spec", "volumes")) {
            String path = "spec.volumes[" + index++ + "].image.pullPolicy";
            if (volume.get("image") instanceof ObjectNode image) {
                check(attributes, Trees.text(image, "pullPolicy"), path, refusals);
            }
        }
        if (!refusals.isEmpty()) {
            String text = String.join(", ", refusals);
            throw StatusException.of(500, "", refusals.size() == 1 ? text : "[" + text + "]", null);
        }
    }

    private static void check(AdmissionAttributes attributes, String policy, String path, Set<String> refusals) {
        if (!policy.equals(ALWAYS)) {
            String why = path + ": Unsupported value: \"" + policy + "\": supported values: \"" + ALWAYS + "\"";
            refusals.add(String.valueOf(Refusals.forbidden(attributes, why).getMessage()));
        }
    }

    /// An update that brings no new image is left alone.
    private static boolean concerns(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        return Pods.isWritten(attributes)
                && (Pods.isCreated(attributes)
                        || old.isEmpty()
                        || !images(old.get()).containsAll(images(pod)));
    }

    private static Set<String> images(ObjectNode pod) {
        Set<String> images = new HashSet<>();
        Pods.visit(pod, (container, path) -> images.add(Trees.text(container, "image")));
        return images;
    }
}
