package io.gantry.cli.compose;

import io.gantry.cli.CliException;
import tools.jackson.databind.node.ObjectNode;

/// The security context of a service's container.
final class Security {
    private Security() {}

    static void apply(ObjectNode container, ComposeService service) {
        ComposeService.ContainerOptions options = service.options();
        options.user().ifPresent(user -> user(container, service.name(), user));
        if (options.privileged()) {
            container.withObject("securityContext").put("privileged", true);
        }
        if (options.readOnlyRoot()) {
            container.withObject("securityContext").put("readOnlyRootFilesystem", true);
        }
        options.addCapabilities()
                .forEach(name -> container
                        .withObject("securityContext")
                        .withObject("capabilities")
                        .withArray("add")
                        .add(name));
        options.dropCapabilities()
                .forEach(name -> container
                        .withObject("securityContext")
                        .withObject("capabilities")
                        .withArray("drop")
                        .add(name));
    }

    private static void user(ObjectNode container, String service, String user) {
        String[] parts = user.split(":", -1);
        for (String part : parts) {
            if (!part.matches("\\d+")) {
                throw new CliException("services." + service + ".user: a cluster takes numbers (uid or uid:gid), not "
                        + user + ": the names are known to the image only");
            }
        }
        ObjectNode context = container.withObject("securityContext").put("runAsUser", Long.parseLong(parts[0]));
        if (parts.length > 1) {
            context.put("runAsGroup", Long.parseLong(parts[1]));
        }
    }
}
