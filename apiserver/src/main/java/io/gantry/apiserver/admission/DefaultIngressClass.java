package io.gantry.apiserver.admission;

import io.gantry.api.networking.v1.ingressclass.IngressClassKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Gives an ingress that names no class the default one; of several the newest.
public final class DefaultIngressClass implements AdmissionPlugin {
    private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";
    private static final String OLD_CLASS = "kubernetes.io/ingress.class";

    private final ObjectReader reader;

    public DefaultIngressClass(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "DefaultIngressClass";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode ingress, Optional<ObjectNode> old) {
        if (!attributes.is("networking.k8s.io", "ingresses")
                || attributes.operation() != AdmissionAttributes.Operation.CREATE
                || ingress.path("spec").has("ingressClassName")
                || Trees.at(ingress, "metadata", "annotations").has(OLD_CLASS)) {
            return;
        }
        reader.list(IngressClassKind.KIND, "").stream()
                .filter(c -> Trees.text(c, "metadata", "annotations", DEFAULT).equals("true"))
                .max(Comparator.<ObjectNode, String>comparing(c -> Trees.text(c, "metadata", "creationTimestamp"))
                        .thenComparing(Trees::name, Comparator.reverseOrder()))
                .ifPresent(c -> Trees.object(ingress, "spec").put("ingressClassName", Trees.name(c)));
    }
}
