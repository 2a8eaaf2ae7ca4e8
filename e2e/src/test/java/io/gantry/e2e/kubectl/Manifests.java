package io.gantry.e2e.kubectl;

import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.KeyPairs;
import io.gantry.e2e.cluster.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The files that the matrix applies.
final class Manifests {
    private Manifests() {}

    private static final String MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, labels: {set: one}}
            data: {a: "%s"}
            """;

    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: two, labels: {app: two}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: a
                image: IMAGE
                command: [sh, -c, "echo out-a; echo err-a >&2; trap 'exit 0' TERM; while true; do echo tick; sleep 1; done"]
              - name: b
                image: IMAGE
                command: [sh, -c, "mkdir -p /www; echo page > /www/index.html; exec httpd -f -p 8080 -h /www"]
                ports: [{containerPort: 8080, name: web}]
            """;

    private static final String ROLES = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: reconciled, namespace: SPACE}
            rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reconciled, namespace: SPACE}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reconciled}
            subjects: [{kind: User, name: joe, apiGroup: rbac.authorization.k8s.io}]
            """;

    private static final String REQUEST = """
            apiVersion: certificates.k8s.io/v1
            kind: CertificateSigningRequest
            metadata: {name: %s}
            spec:
              request: %s
              signerName: kubernetes.io/kube-apiserver-client
              usages: [client auth]
            """;

    private static String request(String name) {
        String pem = CertificateRequests.create(KeyPairs.ec(), name, List.of(), List.of(), List.of());
        return REQUEST.formatted(name, Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
    }

    static Path write(Path folder, String ns) throws IOException {
        Path files = Files.createDirectories(folder.resolve(ns));
        Map<String, String> texts = Map.of(
                "one.yaml", MAP.formatted("one", "1"),
                "one-changed.yaml", MAP.formatted("one", "2"),
                "two.yaml", MAP.formatted("other", "1"),
                "two-changed.yaml", MAP.formatted("other", "2"),
                "unknown.yaml", MAP.formatted("unknown", "1").replace("\ndata:", "\ndta:"),
                "pods.yaml", PODS.replace("IMAGE", TestCluster.BUSYBOX),
                "roles.yaml", ROLES.replace("SPACE", ns),
                "requests.yaml", request(ns + "-yes") + "---\n" + request(ns + "-no"));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(files.resolve(text.getKey()), text.getValue());
        }
        Path custom = Files.createDirectories(files.resolve("custom"));
        Files.writeString(custom.resolve("one.yaml"), MAP.formatted("one", "1"));
        Files.writeString(custom.resolve("kustomization.yaml"), """
                resources: [one.yaml]
                namePrefix: k-
                configMapGenerator: [{name: made, literals: [a=b]}]
                """);
        Path tree = Files.createDirectories(files.resolve("tree").resolve("below"));
        Files.writeString(tree.resolve("file"), "content of " + ns);
        return files;
    }
}
