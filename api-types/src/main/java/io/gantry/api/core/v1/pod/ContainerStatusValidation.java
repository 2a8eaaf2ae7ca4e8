package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Statuses of containers: who they run as, and the health of their devices (upstream `validateContainerStatusUsers`,
/// `validateContainerStatusAllocatedResourcesStatus`).
final class ContainerStatusValidation {
    private static final long LARGEST_ID = Integer.MAX_VALUE;
    private static final int LONGEST_MESSAGE = 1024;
    private static final List<String> HEALTH = List.of("Healthy", "Unhealthy", "Unknown");
    private static final String DEVICES = "allocatedResourcesStatus";

    private ContainerStatusValidation() {}

    static void check(JsonNode pod, FieldErrors errors) {
        JsonNode status = pod.path("status");
        boolean windows = text(pod.path("spec").path("os"), "name").equals("windows");
        for (String list : List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
            for (int i = 0; i < status.path(list).size(); i++) {
                JsonNode linux = status.path(list).get(i).path("user").path("linux");
                if (linux.isObject()) {
                    user(linux, windows, "status." + list + "[" + i + "].user.linux", errors);
                }
            }
        }
        devices(pod, "containers", "containerStatuses", errors);
        devices(pod, "initContainers", "initContainerStatuses", errors);
        noDevices(status.path("ephemeralContainerStatuses"), errors);
    }

    private static void user(JsonNode user, boolean windows, String path, FieldErrors errors) {
        if (windows) {
            errors.forbidden(path, "cannot be set for a windows pod");
            return;
        }
        id(user.path("uid"), path + ".uid", errors);
        id(user.path("gid"), path + ".gid", errors);
        JsonNode groups = user.path("supplementalGroups");
        for (int i = 0; i < groups.size(); i++) {
            id(groups.get(i), path + ".supplementalGroups[" + i + "]", errors);
        }
    }

    private static void id(JsonNode value, String path, FieldErrors errors) {
        long id = value.asLong(0);
        if (id < 0 || id > LARGEST_ID) {
            errors.invalid(path, id, "must be between 0 and " + LARGEST_ID + ", inclusive");
        }
    }

    private static void devices(JsonNode pod, String containers, String statuses, FieldErrors errors) {
        JsonNode all = pod.path("status").path(statuses);
        for (int i = 0; i < all.size(); i++) {
            String name = text(all.get(i), "name");
            Optional<JsonNode> container = pod.path("spec")
                    .path(containers)
                    .valueStream()
                    .filter(one -> text(one, "name").equals(name))
                    .findFirst();
            JsonNode devices = all.get(i).path(DEVICES);
            for (int j = 0; j < devices.size(); j++) {
                String at = "status." + statuses + "[" + i + "]." + DEVICES + "[" + j + "]";
                JsonNode device = devices.get(j);
                container.ifPresent(one -> asked(one, text(device, "name"), at + ".name", errors));
                health(device.path("resources"), at + ".resources", errors);
            }
        }
    }

    private static void asked(JsonNode container, String name, String path, FieldErrors errors) {
        JsonNode resources = container.path("resources");
        if (name.startsWith("claim:")) {
            if (resources.path("claims").valueStream().noneMatch(claim -> name.equals(claimName(claim)))) {
                errors.invalid(
                        path,
                        name,
                        "must match one of the container's resource claims in a format 'claim:<claimName>/<request>'"
                                + " or 'claim:<claimName>' if request is empty");
            }
        } else if (!resources.path("requests").has(name)) {
            errors.invalid(path, name, "must match one of the container's resource requests");
        }
    }

    private static String claimName(JsonNode claim) {
        String request = text(claim, "request");
        return "claim:" + text(claim, "name") + (request.isEmpty() ? "" : "/" + request);
    }

    private static void health(JsonNode resources, String path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int k = 0; k < resources.size(); k++) {
            String at = path + "[" + k + "]";
            String health = text(resources.get(k), "health");
            if (!HEALTH.contains(health)) {
                errors.notSupported(at + ".health", health, HEALTH);
            }
            if (resources.get(k).hasNonNull("message")) {
                message(text(resources.get(k), "message"), at + ".message", errors);
            }
            String id = text(resources.get(k), "resourceID");
            if (!seen.add(id)) {
                errors.duplicate(at + ".resourceID", id);
            }
        }
    }

    private static void message(String message, String path, FieldErrors errors) {
        if (message.isEmpty()) {
            errors.required(path, "must be non-empty if specified");
        } else if (message.length() > LONGEST_MESSAGE) {
            errors.tooLong(path, LONGEST_MESSAGE);
        }
    }

    private static void noDevices(JsonNode statuses, FieldErrors errors) {
        for (int i = 0; i < statuses.size(); i++) {
            if (!statuses.get(i).path(DEVICES).isEmpty()) {
                errors.forbidden(
                        "status.ephemeralContainerStatuses[" + i + "]." + DEVICES,
                        "must not be specified in container status");
            }
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
