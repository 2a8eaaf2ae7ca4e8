package io.gantry.e2e.conformance;

import io.gantry.e2e.cluster.TestCluster;
import java.nio.file.Path;

/// The guestbook of upstream's conformance suite, with programs of our own: a primary that keeps notes, replicas that
/// are told of them, a frontend that writes to the one and reads from the others; each a Deployment behind a Service.
final class Guestbook {
    private static final Path PROGRAM =
            Path.of("src/test/resources/guestbook/guestbook.pl").toAbsolutePath();

    private Guestbook() {}

    static void create(NetworkPods pods) {
        pods.run("create", "configmap", "guestbook", "--from-file=" + PROGRAM);
        pods.create(
                service("guestbook-primary"),
                service("guestbook-replica"),
                service("frontend"),
                deployment("guestbook-primary", "primary", 1),
                deployment("guestbook-replica", "replica", 2),
                deployment("frontend", "frontend", 3));
    }

    private static String service(String name) {
        return """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"%1$s"},
             "spec":{"selector":{"guestbook":"%1$s"},"ports":[{"port":80,"targetPort":8080}]}}""".formatted(name);
    }

    private static String deployment(String name, String role, int replicas) {
        return """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
             "spec":{"replicas":%3$d,"selector":{"matchLabels":{"guestbook":"%1$s"}},
              "template":{"metadata":{"labels":{"guestbook":"%1$s"}},"spec":{
               "terminationGracePeriodSeconds":0,
               "volumes":[{"name":"g","configMap":{"name":"guestbook"}}],
               "containers":[{"name":"c","image":"%4$s","command":["perl","/g/guestbook.pl","%2$s"],
                "readinessProbe":{"httpGet":{"path":"/","port":8080},"periodSeconds":1},
                "volumeMounts":[{"name":"g","mountPath":"/g"}]}]}}}}""".formatted(name, role, replicas, TestCluster.PERL);
    }
}
