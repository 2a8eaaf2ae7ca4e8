package io.gantry.cli.compose;

import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Patch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A Compose application in a cluster: applied by server-side apply, so that what others set stays theirs;
/// found again by its label. Blocking; the client is the caller's.
public final class ComposeApplication {
    private static final String MANAGER = "gantry-compose";

    /// What an application may consist of, in the order in which it goes.
    private static final List<Kind<? extends KubernetesObject>> KINDS =
            List.of(ServiceKind.KIND, DeploymentKind.KIND, ConfigMapKind.KIND, SecretKind.KIND);

    private final ApiClient client;
    private final String project;
    private final String namespace;
    private final Consumer<String> say;

    /// @param say is told each change, a line each
    public ComposeApplication(ApiClient client, String project, String namespace, Consumer<String> say) {
        this.client = client;
        this.project = project;
        this.namespace = namespace;
        this.say = say;
    }

    /// Makes the application as the manifests say; removes what it had and they do not name. Claims stay.
    ///
    /// @throws io.gantry.api.StatusException with the API server's words; run again, it goes on where it stopped
    public void apply(List<ObjectNode> manifests) {
        if (client.resource(NamespaceKind.KIND).find("", namespace).isEmpty()) {
            client.resource(NamespaceKind.KIND)
                    .patch(
                            "",
                            namespace,
                            Patch.apply(
                                    MANAGER,
                                    true,
                                    Map.of(
                                            "apiVersion", "v1",
                                            "kind", "Namespace",
                                            "metadata",
                                                    Map.of(
                                                            "name",
                                                            namespace,
                                                            "labels",
                                                            Map.of(ComposePlan.PROJECT, project)))));
            say.accept("namespace/" + namespace);
        }
        Set<String> wanted = new HashSet<>();
        for (ObjectNode manifest : manifests) {
            Kind<?> kind = kind(manifest);
            String name = manifest.path("metadata").path("name").asString();
            client.resource(kind).patch(namespace, name, Patch.apply(MANAGER, true, manifest));
            wanted.add(kind.plural() + "/" + name);
            say.accept(kind.plural() + "/" + name);
        }
        KINDS.forEach(kind -> remove(kind, wanted));
    }

    /// Removes the application.
    ///
    /// @param volumes whether its claims, and so its data, go too
    public void delete(boolean volumes) {
        KINDS.forEach(kind -> remove(kind, Set.of()));
        if (volumes) {
            remove(PersistentVolumeClaimKind.KIND, Set.of());
        }
    }

    /// Deployments of the application of which not all replicas are available, by name.
    public List<String> unavailable() {
        return client.resource(DeploymentKind.KIND).list(mine()).items().stream()
                .filter(ComposeApplication::isUnavailable)
                .map(deployment -> deployment.metadata().name())
                .collect(Collectors.toList());
    }

    private static boolean isUnavailable(Deployment deployment) {
        Long observed = deployment.status().observedGeneration();
        Long generation = deployment.metadata().generation();
        int available = or(deployment.status().availableReplicas(), 0);
        int updated = or(deployment.status().updatedReplicas(), 0);
        int wanted = or(deployment.spec().replicas(), 1);
        return observed == null || generation == null || observed < generation || Math.min(available, updated) < wanted;
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private <T extends KubernetesObject> void remove(Kind<T> kind, Set<String> but) {
        List<T> theirs = new ArrayList<>(client.resource(kind).list(mine()).items());
        theirs.removeIf(
                object -> but.contains(kind.plural() + "/" + object.metadata().name()));
        for (T object : theirs) {
            String name = String.valueOf(object.metadata().name());
            client.resource(kind).delete(namespace, name, Deletion.background());
            say.accept(kind.plural() + "/" + name + " removed");
        }
    }

    private ListOptions mine() {
        return ListOptions.inNamespace(namespace).withLabelSelector(ComposePlan.PROJECT + "=" + project);
    }

    private static Kind<?> kind(ObjectNode manifest) {
        String name = manifest.path("kind").asString();
        return Stream.concat(KINDS.stream(), Stream.of(PersistentVolumeClaimKind.KIND))
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + name));
    }
}
