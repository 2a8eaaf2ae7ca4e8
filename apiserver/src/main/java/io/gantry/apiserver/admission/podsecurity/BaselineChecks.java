package io.gantry.apiserver.admission.podsecurity;

import io.gantry.api.core.v1.pod.Sysctls;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What the level `baseline` forbids: known ways from a container to its node.
final class BaselineChecks {
    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final List<List<String>> HANDLERS = List.of(
            List.of("livenessProbe"),
            List.of("readinessProbe"),
            List.of("startupProbe"),
            List.of("lifecycle", "postStart"),
            List.of("lifecycle", "preStop"));
    /// With the minor version that first allowed them, where not the first did.
    private static final Map<String, Integer> LATER_SYSCTLS = Map.of(
            "net.ipv4.ip_local_reserved_ports", 27,
            "net.ipv4.tcp_keepalive_time", 29,
            "net.ipv4.tcp_fin_timeout", 29,
            "net.ipv4.tcp_keepalive_intvl", 29,
            "net.ipv4.tcp_keepalive_probes", 29,
            "net.ipv4.tcp_rmem", 32,
            "net.ipv4.tcp_wmem", 32);
    private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private BaselineChecks() {}

    static List<Violation> of(PodView pod, PolicyVersion version) {
        List<Violation> found = new ArrayList<>();
        appArmor(found, pod);
        capabilities(found, pod);
        hostNamespaces(found, pod);
        hostPath(found, pod);
        hostPorts(found, pod);
        if (version.since(34)) {
            hostHandlers(found, pod);
        }
        hostProcess(found, pod);
        String privileged = pod.offending(c -> Trees.flag(c, "securityContext", "privileged"));
        add(found, "privileged", privileged, " must not set securityContext.privileged=true");
        if (!version.since(35) || !pod.ownUsers()) {
            procMount(found, pod);
        }
        seLinux(found, pod, version);
        if (version.since(19)) {
            seccomp(found, pod);
        } else {
            seccompAnnotations(found, pod);
        }
        sysctls(found, pod, version);
        return found;
    }

    static void procMount(List<Violation> found, PodView pod) {
        String procMount = pod.offending(c -> {
            String type = Trees.text(c, "securityContext", "procMount");
            return !type.isEmpty() && !type.equals("Default");
        });
        add(found, "procMount", procMount, " must not set securityContext.procMount");
    }

    /// Hosts that a kubelet would be sent to.
    private static void hostHandlers(List<Violation> found, PodView pod) {
        Set<String> hosts = new TreeSet<>();
        String who = pod.offending(c -> {
            boolean uses = false;
            for (List<String> path : HANDLERS) {
                for (String kind : List.of("httpGet", "tcpSocket")) {
                    String host = Trees.text(Trees.at(c, path.toArray(String[]::new)), kind, "host");
                    if (!host.isEmpty()) {
                        hosts.add(host);
                        uses = true;
                    }
                }
            }
            return uses;
        });
        add(
                found,
                "probe or lifecycle host",
                who,
                (who.startsWith("containers") ? " use" : " uses") + " probe or lifecycle host"
                        + (hosts.size() > 1 ? "s " : " ") + PodView.quoted(List.copyOf(hosts)));
    }

    private static void add(List<Violation> found, String reason, String who, String what) {
        if (!who.isEmpty()) {
            found.add(new Violation(reason, who + what));
        }
    }

    private static void appArmor(List<Violation> found, PodView pod) {
        boolean unconfined =
                Trees.text(pod.securityContext(), "appArmorProfile", "type").equals("Unconfined");
        String containers = pod.offending(
                c -> Trees.text(c, "securityContext", "appArmorProfile", "type").equals("Unconfined"));
        boolean annotated = pod.annotations().entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith(APPARMOR)
                        && !e.getValue().isEmpty()
                        && !e.getValue().equals("runtime/default")
                        && !e.getValue().startsWith("localhost/"));
        if (unconfined || annotated) {
            found.add(
                    new Violation("forbidden AppArmor profile", "pod must not set AppArmor profile to \"Unconfined\""));
        }
        add(found, "forbidden AppArmor profile", containers, " must not set AppArmor profile type to \"Unconfined\"");
    }

    private static void capabilities(List<Violation> found, PodView pod) {
        Set<String> bad = new TreeSet<>();
        String who = pod.offending(c -> {
            List<String> added = new ArrayList<>(Trees.texts(c, "securityContext", "capabilities", "add"));
            added.removeIf(CAPABILITIES::contains);
            bad.addAll(added);
            return !added.isEmpty();
        });
        add(
                found,
                "non-default capabilities",
                who,
                " must not include " + PodView.quoted(List.copyOf(bad)) + " in securityContext.capabilities.add");
    }

    private static void hostNamespaces(List<Violation> found, PodView pod) {
        List<String> used = new ArrayList<>();
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (Trees.flag(pod.spec(), field)) {
                used.add(field + "=true");
            }
        }
        if (!used.isEmpty()) {
            found.add(new Violation("host namespaces", String.join(", ", used)));
        }
    }

    private static void hostPath(List<Violation> found, PodView pod) {
        List<String> names = Trees.list(pod.spec(), "volumes").stream()
                .filter(volume -> volume.has("hostPath"))
                .map(volume -> Trees.text(volume, "name"))
                .toList();
        if (!names.isEmpty()) {
            found.add(new Violation(
                    "hostPath volumes", (names.size() > 1 ? "volumes " : "volume ") + PodView.quoted(names)));
        }
    }

    private static void hostPorts(List<Violation> found, PodView pod) {
        Set<String> ports = new TreeSet<>();
        String who = pod.offending(c -> {
            boolean uses = false;
            for (JsonNode port : Trees.list(c, "ports")) {
                int host = port.path("hostPort").asInt(0);
                if (host != 0) {
                    ports.add(Integer.toString(host));
                    uses = true;
                }
            }
            return uses;
        });
        add(
                found,
                "hostPort",
                who,
                (ports.size() > 1 ? " use hostPorts " : " uses hostPort ") + String.join(", ", ports));
    }

    private static void hostProcess(List<Violation> found, PodView pod) {
        String who = pod.offending(c -> Trees.flag(c, "securityContext", "windowsOptions", "hostProcess"));
        add(found, "hostProcess", who, " must not set securityContext.windowsOptions.hostProcess=true");
        if (Trees.flag(pod.securityContext(), "windowsOptions", "hostProcess")) {
            found.add(new Violation("hostProcess", "pod must not set securityContext.windowsOptions.hostProcess=true"));
        }
    }

    private static void seLinux(List<Violation> found, PodView pod, PolicyVersion version) {
        boolean ofPod = badSeLinux(pod.securityContext().path("seLinuxOptions"), version);
        String who = pod.offending(c -> badSeLinux(Trees.at(c, "securityContext", "seLinuxOptions"), version));
        if (ofPod || !who.isEmpty()) {
            String subject = ofPod ? (who.isEmpty() ? "pod" : "pod and " + who) : who;
            found.add(new Violation("seLinuxOptions", subject + " set forbidden securityContext.seLinuxOptions"));
        }
    }

    private static boolean badSeLinux(JsonNode options, PolicyVersion version) {
        String type = Trees.text(options, "type");
        return !SELINUX_TYPES.contains(type)
                || (type.equals("container_engine_t") && !version.since(31))
                || !Trees.text(options, "user").isEmpty()
                || !Trees.text(options, "role").isEmpty();
    }

    private static void seccomp(List<Violation> found, PodView pod) {
        boolean ofPod =
                Trees.text(pod.securityContext(), "seccompProfile", "type").equals("Unconfined");
        String who = pod.offending(
                c -> Trees.text(c, "securityContext", "seccompProfile", "type").equals("Unconfined"));
        if (ofPod) {
            found.add(new Violation(
                    "seccompProfile", "pod must not set securityContext.seccompProfile.type to \"Unconfined\""));
        }
        add(found, "seccompProfile", who, " must not set securityContext.seccompProfile.type to \"Unconfined\"");
    }

    /// As it was said before there were fields for it.
    private static void seccompAnnotations(List<Violation> found, PodView pod) {
        Set<String> bad = new TreeSet<>();
        List<String> keys = new ArrayList<>(List.of(SECCOMP_OF_POD));
        pod.containers().forEach(c -> keys.add(SECCOMP_OF_CONTAINER + Trees.text(c, "name")));
        for (String key : keys) {
            String value = pod.annotations().get(key);
            if (value != null && !allowedSeccomp(value)) {
                bad.add(key + "=\"" + value + '"');
            }
        }
        if (!bad.isEmpty()) {
            found.add(new Violation(
                    "seccompProfile",
                    "forbidden " + (bad.size() > 1 ? "annotations " : "annotation ") + String.join(", ", bad)));
        }
    }

    private static boolean allowedSeccomp(String value) {
        return value.equals("runtime/default") || value.equals("docker/default") || value.startsWith("localhost/");
    }

    private static void sysctls(List<Violation> found, PodView pod, PolicyVersion version) {
        List<String> bad = Trees.list(pod.securityContext(), "sysctls").stream()
                .map(sysctl -> Trees.text(sysctl, "name"))
                .filter(name -> !Sysctls.SAFE.contains(name) || !version.since(LATER_SYSCTLS.getOrDefault(name, 0)))
                .toList();
        if (!bad.isEmpty()) {
            found.add(new Violation("forbidden sysctls", String.join(", ", bad)));
        }
    }
}
