package io.gantry.apiserver.admission;

import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A certificate request says who made it; nobody can say so for somebody else.
public final class CertificateRequestUser implements AdmissionPlugin {
    @Override
    public String name() {
        return "CertificateRequestUser";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode request, Optional<ObjectNode> old) {
        if (!attributes.is("certificates.k8s.io", "certificatesigningrequests")
                || attributes.operation() != AdmissionAttributes.Operation.CREATE) {
            return;
        }
        ObjectNode spec = Trees.object(request, "spec");
        spec.put("username", attributes.user().name());
        if (attributes.user().uid().isEmpty()) {
            spec.remove("uid");
        } else {
            spec.put("uid", attributes.user().uid());
        }
        spec.remove("extra");
        spec.set("groups", Trees.of(new Groups(attributes.user().groups())).path("groups"));
        if (!attributes.user().extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            attributes.user().extra().forEach((key, values) -> values.forEach(Trees.array(extra, key)::add));
        }
        request.remove("status");
    }

    private record Groups(List<String> groups) {}
}
