package io.gantry.controllermanager.bootstrap;

import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapBuilder;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Signs the `cluster-info` ConfigMap with every bootstrap token that asks for it, so that a joining node
/// that knows the token can trust it.
public final class BootstrapSignerController {
    private static final String NAMESPACE = "kube-public";
    private static final String NAME = "cluster-info";
    private static final String KUBECONFIG = "kubeconfig";
    private static final String SIGNATURE = "jws-kubeconfig-";

    private BootstrapSignerController() {}

    public static Controller create(ControllerContext context) {
        Informer<ConfigMap> maps =
                context.informers().informer(ConfigMapKind.KIND, new Selection(NAMESPACE, "", "metadata.name=" + NAME));
        Informer<Secret> secrets = context.informers()
                .informer(SecretKind.KIND, new Selection(BootstrapToken.NAMESPACE, "", "type=" + BootstrapToken.TYPE));
        Resource<ConfigMap> resource = context.client().resource(ConfigMapKind.KIND);
        WorkQueue<String> queue = new WorkQueue<>();
        maps.addHandler(InformerHandler.onAny(map -> queue.add(NAME)));
        secrets.addHandler(InformerHandler.onAny(secret -> queue.add(NAME)));
        return new QueueController<>("bootstrap-signer-controller", queue, 1, key -> {
            Optional<ConfigMap> map = maps.lister().get(NAMESPACE, NAME);
            if (map.isPresent()) {
                Map<String, String> data = signed(
                        map.get().data(),
                        secrets.lister().all(),
                        context.clock().instant());
                if (!data.equals(map.get().data())) {
                    resource.update(
                            ConfigMapBuilder.builder(map.get()).data(data).build());
                }
            }
            return Result.done();
        });
    }

    /// The data with a signature for each token, and none for others.
    static Map<String, String> signed(Map<String, String> data, List<Secret> secrets, Instant now) {
        String content = data.get(KUBECONFIG);
        Map<String, String> result = new LinkedHashMap<>(data);
        result.keySet().removeIf(key -> key.startsWith(SIGNATURE));
        if (content == null) {
            return result;
        }
        for (Secret secret : secrets) {
            BootstrapToken.of(secret)
                    .filter(token -> token.signing() && !token.isExpired(now))
                    .ifPresent(token -> result.put(SIGNATURE + token.id(), ClusterInfoSignature.of(content, token)));
        }
        return result;
    }
}
