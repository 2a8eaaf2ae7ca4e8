package io.gantry.apiserver.admission.podsecurity;

import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What the level `restricted` forbids beyond `baseline`: today's practice of hardening.
final class RestrictedChecks {
    private static final Set<String> VOLUMES = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");
    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");

    private RestrictedChecks() {}

    static List<Violation> of(PodView pod, PolicyVersion version) {
        List<Violation> found = new ArrayList<>();
        boolean exempt = pod.windows() && version.since(25);
        boolean ownUsers = pod.ownUsers() && version.since(35);
        if (version.since(8) && !exempt) {
            escalation(found, pod);
        }
        if (version.since(22) && !exempt) {
            capabilities(found, pod);
        }
        if (ownUsers) {
            BaselineChecks.procMount(found, pod); // which is milder to them
        }
        volumes(found, pod);
        if (!ownUsers) {
            runAsNonRoot(found, pod);
        }
        if (version.since(23) && !ownUsers) {
            runAsUser(found, pod);
        }
        if (version.since(19) && !exempt) {
            seccomp(found, pod);
        }
        return found;
    }

    private static void escalation(List<Violation> found, PodView pod) {
        String who = pod.offending(c -> {
            JsonNode value = Trees.at(c, "securityContext", "allowPrivilegeEscalation");
            return !value.isBoolean() || value.booleanValue();
        });
        if (!who.isEmpty()) {
            found.add(new Violation(
                    "allowPrivilegeEscalation != false",
                    who + " must set securityContext.allowPrivilegeEscalation=false"));
        }
    }

    private static void capabilities(List<Violation> found, PodView pod) {
        String notDropped = pod.offending(
                c -> !Trees.texts(c, "securityContext", "capabilities", "drop").contains("ALL"));
        Set<String> bad = new TreeSet<>();
        String added = pod.offending(c -> {
            List<String> names = new ArrayList<>(Trees.texts(c, "securityContext", "capabilities", "add"));
            names.remove("NET_BIND_SERVICE");
            bad.addAll(names);
            return !names.isEmpty();
        });
        List<String> details = new ArrayList<>();
        if (!notDropped.isEmpty()) {
            details.add(notDropped + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!added.isEmpty()) {
            details.add(added + " must not include " + PodView.quoted(List.copyOf(bad))
                    + " in securityContext.capabilities.add");
        }
        if (!details.isEmpty()) {
            found.add(new Violation("unrestricted capabilities", String.join("; ", details)));
        }
    }

    private static void volumes(List<Violation> found, PodView pod) {
        Set<String> types = new TreeSet<>();
        List<String> names = new ArrayList<>();
        for (JsonNode volume : Trees.list(pod.spec(), "volumes")) {
            List<String> used = new ArrayList<>();
            volume.properties().forEach(field -> used.add(field.getKey()));
            used.remove("name");
            used.removeIf(VOLUMES::contains);
            if (!used.isEmpty()) {
                types.addAll(used);
                names.add(Trees.text(volume, "name"));
            }
        }
        if (!names.isEmpty()) {
            found.add(new Violation(
                    "restricted volume types",
                    (names.size() > 1 ? "volumes " : "volume ") + PodView.quoted(names)
                            + (names.size() > 1 ? " use" : " uses") + " restricted volume type"
                            + (types.size() > 1 ? "s " : " ") + PodView.quoted(List.copyOf(types))));
        }
    }

    private static void runAsNonRoot(List<Violation> found, PodView pod) {
        JsonNode ofPod = pod.securityContext().path("runAsNonRoot");
        boolean podSet = ofPod.isBoolean() && ofPod.booleanValue();
        String explicitly = pod.offending(c -> {
            JsonNode own = Trees.at(c, "securityContext", "runAsNonRoot");
            return own.isBoolean() && !own.booleanValue();
        });
        String implicitly = podSet
                ? ""
                : pod.offending(
                        c -> !Trees.at(c, "securityContext", "runAsNonRoot").isBoolean());
        if (!explicitly.isEmpty()) {
            found.add(new Violation(
                    "runAsNonRoot != true", explicitly + " must not set securityContext.runAsNonRoot=false"));
        } else if (!implicitly.isEmpty()) {
            found.add(new Violation(
                    "runAsNonRoot != true", "pod or " + implicitly + " must set securityContext.runAsNonRoot=true"));
        }
    }

    private static void runAsUser(List<Violation> found, PodView pod) {
        String who = pod.offending(c -> root(c.path("securityContext")));
        boolean ofPod = root(pod.securityContext());
        if (ofPod || !who.isEmpty()) {
            String subject = ofPod ? (who.isEmpty() ? "pod" : "pod and " + who) : who;
            found.add(new Violation("runAsUser=0", subject + " must not set runAsUser=0"));
        }
    }

    private static boolean root(JsonNode context) {
        return context.path("runAsUser").isNumber() && context.path("runAsUser").longValue() == 0;
    }

    private static void seccomp(List<Violation> found, PodView pod) {
        boolean podSet = SECCOMP.contains(Trees.text(pod.securityContext(), "seccompProfile", "type"));
        String who = pod.offending(c -> {
            String own = Trees.text(c, "securityContext", "seccompProfile", "type");
            return own.isEmpty() ? !podSet : !SECCOMP.contains(own);
        });
        if (!who.isEmpty()) {
            found.add(new Violation(
                    "seccompProfile",
                    "pod or " + who
                            + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""));
        }
    }
}
