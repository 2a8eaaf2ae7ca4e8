package io.gantry.api.networking.v1.ingressclass;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;

/// Rules of IngressClasses (upstream `ValidateIngressClass`).
public final class IngressClassRules implements KindRules<IngressClass> {
    private static final int MAX_CONTROLLER = 250;

    @Override
    public void validate(IngressClass object, FieldErrors errors) {
        String controller = text(object.spec().controller());
        if (controller.length() > MAX_CONTROLLER) {
            errors.tooLong("spec.controller", MAX_CONTROLLER);
        }
        int slash = controller.indexOf('/');
        if (controller.isEmpty()) {
            errors.required("spec.controller", "");
        } else if (slash <= 0 || slash == controller.length() - 1) {
            errors.invalid("spec.controller", controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        IngressClassParametersReference parameters = object.spec().parameters();
        if (parameters == null) {
            return;
        }
        String path = "spec.parameters";
        References.present(parameters.apiGroup(), Names::subdomain, path + ".apiGroup", errors);
        References.requiredFormat(parameters.kind(), Names::pathSegment, path + ".kind", errors);
        References.requiredFormat(parameters.name(), Names::pathSegment, path + ".name", errors);
        boolean namespaced = "Namespace".equals(parameters.scope());
        if (namespaced && text(parameters.namespace()).isEmpty()) {
            errors.required(path + ".namespace", "`parameters.scope` is set to 'Namespace'");
        } else if (namespaced) {
            References.format(parameters.namespace(), Names::label, path + ".namespace", errors);
        }
        if (!namespaced && parameters.namespace() != null) {
            errors.forbidden(path + ".namespace", "`parameters.scope` is set to 'Cluster'");
        }
    }

    @Override
    public void validateUpdate(IngressClass object, IngressClass old, FieldErrors errors) {
        Immutable.check(object.spec().controller(), old.spec().controller(), "spec.controller", errors);
    }
}
