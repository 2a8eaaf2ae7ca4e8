package io.gantry.api.networking.v1.ingressclass;

import io.gantry.api.networking.v1.ingress.Ingress;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/// Which Ingresses a controller serves. Pure.
public final class IngressClasses {
    /// Marks the class of Ingresses that name none.
    public static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

    /// How an Ingress named its class before there was a field for it; older than the field, it goes first.
    public static final String OLD_CLASS = "kubernetes.io/ingress.class";

    /// The controller that Gantry's own ingress is.
    public static final String GANTRY = "gantry.io/ingress";

    private IngressClasses() {}

    /// Whether the Ingress' class is one of the controller's; without a class, whether one of them is the default.
    ///
    /// @param controller as `spec.controller` names it
    public static boolean serves(String controller, Ingress ingress, Collection<IngressClass> classes) {
        Map<String, String> annotations = ingress.metadata().annotations();
        String name = annotations.getOrDefault(OLD_CLASS, ingress.spec().ingressClassName());
        Predicate<IngressClass> meant = name == null
                ? candidate -> "true".equals(candidate.metadata().annotations().get(DEFAULT))
                : candidate -> name.equals(candidate.metadata().name());
        return classes.stream()
                .anyMatch(candidate -> controller.equals(candidate.spec().controller()) && meant.test(candidate));
    }
}
