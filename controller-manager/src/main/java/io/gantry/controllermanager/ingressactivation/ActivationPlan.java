package io.gantry.controllermanager.ingressactivation;

import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingressclass.IngressClass;
import io.gantry.api.networking.v1.ingressclass.IngressClassBuilder;
import io.gantry.api.networking.v1.ingressclass.IngressClassSpecBuilder;
import io.gantry.api.networking.v1.ingressclass.IngressClasses;
import java.util.List;
import java.util.Map;

/// Whether the ingress process has anything to do. Pure.
///
/// @param makeClass whether there is no class of ours yet
/// @param wanted whether there is an Ingress to serve
record ActivationPlan(boolean makeClass, boolean wanted) {
    private static final String CLASS = "gantry";

    static ActivationPlan of(List<Ingress> ingresses, List<IngressClass> classes) {
        return new ActivationPlan(
                classes.stream()
                        .noneMatch(known -> CLASS.equals(known.metadata().name())),
                ingresses.stream().anyMatch(ingress -> IngressClasses.serves(IngressClasses.GANTRY, ingress, classes)));
    }

    /// Ours; that of Ingresses that name none, until somebody takes the annotation away.
    static IngressClass ingressClass() {
        return IngressClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(CLASS)
                        .annotations(Map.of(IngressClasses.DEFAULT, "true"))
                        .build())
                .spec(IngressClassSpecBuilder.builder()
                        .controller(IngressClasses.GANTRY)
                        .build())
                .build();
    }
}
