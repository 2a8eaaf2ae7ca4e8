package io.gantry.e2e.kubectl;

import static io.gantry.e2e.kubectl.Step.fails;
import static io.gantry.e2e.kubectl.Step.ok;

import java.nio.file.Path;
import java.util.List;

/// The commands that are about kubectl itself, and what looks at a whole cluster.
final class LocalSteps {
    private LocalSteps() {}

    static List<Step> all(String ns, Path files) {
        String config = " --kubeconfig=" + files + "/config";
        return List.of(
                ok("config current-context", "^\\S+$"),
                ok("config get-contexts", "CURRENT +NAME"),
                ok("config get-clusters", "^NAME\n"),
                ok("config get-users", "^NAME\n"),
                ok("config view --minify", "server: https://"),
                ok("config set-cluster c --server=https://localhost:1" + config, "^Cluster \"c\" set"),
                ok("config set-credentials u --token=t" + config, "^User \"u\" set"),
                ok("config set-context x --cluster=c --user=u" + config, "^Context \"x\" created"),
                ok("config rename-context x y" + config, "^Context \"x\" renamed to \"y\""),
                ok("config use-context y" + config, "^Switched to context \"y\""),
                ok("config set clusters.c.server https://localhost:2" + config, "^Property \"clusters.c.server\" set"),
                ok("config view -o jsonpath={.clusters[0].cluster.server}" + config, "^https://localhost:2$"),
                ok("config unset users.u" + config, "^Property \"users.u\" unset"),
                ok("config delete-context y" + config, "deleted context y"),
                ok("config delete-cluster c" + config, "deleted cluster c"),
                ok("completion bash", "__start_kubectl"),
                ok("completion zsh", "#compdef"),
                ok("options", "The following options can be passed to any command"),
                ok("version --client -o json", "\"clientVersion\""),
                fails("plugin list", "nable to find any kubectl plugins in your PATH"),
                ok("top node", "^NAME +CPU\\(cores\\) +CPU.*\\d+m +\\d+%"),
                fails("get pods --server=https://127.0.0.1:1 --request-timeout=2s", "was refused|onnection refused"),
                ok(
                        "cluster-info dump --namespaces=" + ns + " --output-directory=" + files + "/dump",
                        "Cluster info dumped to "),
                ok("get --raw /apis/apps/v1", "\"deployments/scale\""),
                fails("get --raw /nothing", "the server could not find the requested resource"),
                fails("certificate approve nothing-" + ns, "NotFound"));
    }
}
