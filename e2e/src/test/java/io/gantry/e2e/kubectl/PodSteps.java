package io.gantry.e2e.kubectl;

import static io.gantry.e2e.kubectl.Step.fails;
import static io.gantry.e2e.kubectl.Step.ok;

import io.gantry.e2e.cluster.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The commands that need a running container.
final class PodSteps {
    private static final String IMAGE = " --image=" + TestCluster.BUSYBOX;

    private PodSteps() {}

    static List<Step> all(String node, Path files) {
        List<Step> steps = new ArrayList<>();
        steps.addAll(logs(files));
        steps.addAll(inside(files));
        steps.addAll(changing(files));
        steps.addAll(running());
        steps.addAll(debugging(node));
        return steps;
    }

    private static List<Step> logs(Path files) {
        return List.of(
                ok("create -f " + files + "/pods.yaml", "^pod/two created"),
                ok("wait --for=condition=Ready pod/two --timeout=60s", "^pod/two condition met"),
                ok("wait pod/two --for=jsonpath={.status.phase}=Running --timeout=60s", "condition met"),
                ok("get pod two", "NAME +READY +STATUS +RESTARTS +AGE\ntwo +2/2 +Running +0 "),
                ok("get pod two -o wide", "IP +NODE +NOMINATED NODE +READINESS GATES\ntwo .* 10\\.244\\."),
                ok(
                        "describe pod two",
                        "Status: +Running.*Containers:\n  a:.*Conditions:.*QoS Class: +BestEffort.*Started"),
                ok("top pod two --containers", "^POD +NAME +CPU\\(cores\\) +MEMORY\\(bytes\\).*two +a +\\d+m"),
                ok("logs two", "Defaulted container \"a\" out of: a, b.*|out-a"),
                ok("logs two -c a --tail=1", "^\\S+\\s*$"),
                ok("logs two -c a --limit-bytes=5", "^\\S{5}$"),
                ok("logs two --all-containers --prefix", "\\[pod/two/a\\] out-a"),
                ok("logs two -c a --since=1h --timestamps", "^20\\S+Z (out|err)-a"),
                ok("logs two -c a --since-time=2099-01-01T00:00:00Z", Step.NOTHING),
                ok("logs -l app=two -c a", "tick"),
                fails("logs two -c a -p", "previous terminated container \"a\" in pod \"two\" not found"),
                fails("logs two -c nothing", "container nothing is not valid for pod two"),
                fails("logs nothing", "pods \"nothing\" not found"));
    }

    private static List<Step> inside(Path files) {
        return List.of(
                ok("exec two -c a -- echo hi", "^hi$"),
                ok("exec two -c a -- sh -c 'echo e >&2; exit 7'", "^e\ncommand terminated with exit code 7")
                        .exits(7),
                ok("exec -i two -c b -- cat", "^typed$").reading("typed"),
                fails("exec two -c a -- nothing", "executable file not found"),
                fails("exec nothing -- ls", "pods \"nothing\" not found"),
                ok("rollout status deploy/web --timeout=60s", "deployment \"web\" successfully rolled out"),
                ok("logs deploy/web --tail=1", ""),
                ok("cp " + files + "/tree two:/tmp/tree -c b", Step.NOTHING),
                ok("exec two -c b -- cat /tmp/tree/below/file", "^content of "),
                ok("cp two:/tmp/tree/below/file " + files + "/copied -c b", ""));
    }

    /// What upstream's conformance suite does to a pod with kubectl.
    private static List<Step> changing(Path files) {
        String image = "get pod two -o jsonpath={.spec.containers[0].image}";
        return List.of(
                ok("label pod two testing=value", "pod/two labeled"),
                ok("get pod two -L testing", "TESTING\\ntwo .* value"),
                ok("label pod two testing-", "pod/two unlabeled"),
                ok("patch pod two -p '{\"metadata\":{\"annotations\":{\"x\":\"here\"}}}'", "pod/two patched"),
                ok("get pod two -o jsonpath={.metadata.annotations.x}", "^here$"),
                ok(
                        "patch pod two --dry-run=server"
                                + " -p '{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"other\"}]}}'",
                        "pod/two patched"),
                ok(image, "^" + TestCluster.BUSYBOX + "$"),
                ok("diff -f " + files + "/pods.yaml", Step.NOTHING));
    }

    private static List<Step> running() {
        String run = "run once" + IMAGE + " --restart=Never --rm ";
        return List.of(
                ok(run + "-i -- sh -c 'cat; echo done'", "fed.*done.*pod \"once\" deleted")
                        .reading("fed\n"),
                ok(run + "-i -- sh -c 'sleep 1; exit 3'", "once terminated \\(Error\\)")
                        .exits(3),
                ok(
                        "run dry" + IMAGE + " --env=A=b --labels=q=r --port=80 --dry-run=client -o yaml",
                        "labels:\n    q: r.*- name: A\n +value: b.*containerPort: 80"),
                ok(
                        "run beat" + IMAGE + " --restart=Never -- sh -c 'while true; do echo beat; sleep 1; done'",
                        "pod/beat"),
                ok("wait --for=condition=Ready pod/beat --timeout=60s", "met"),
                ok("get pod beat -o jsonpath={.spec.containers[0].args[1]}", "^-c$"),
                ok("delete pod beat --grace-period=0 --force", "pod \"beat\" force deleted"));
    }

    private static List<Step> debugging(String node) {
        return List.of(
                ok("debug two" + IMAGE + " -c dbg -- sh -c 'echo debugged; sleep 60'", ""),
                ok(
                                "wait pod/two --timeout=60s"
                                        + " --for=jsonpath={.status.ephemeralContainerStatuses[0].state.running.startedAt}",
                                "met")
                        .since(33),
                ok("debug two --copy-to=copied --container=a --set-image=*=" + TestCluster.BUSYBOX + " -- sleep 1", ""),
                ok("get pod copied -o jsonpath={.spec.containers[0].command}", "sleep"),
                ok("debug node/" + node + IMAGE + " -- true", ""));
    }

    /// What takes the pods away.
    static List<Step> ending(String node) {
        return List.of(
                ok("logs two -c dbg", "debugged").since(33),
                ok(
                        "drain " + node + " --ignore-daemonsets --force --pod-selector=app=two --timeout=60s",
                        "evicting pod .*two.*\npod/two evicted.*drained"),
                ok("uncordon " + node, "uncordoned"),
                ok("wait --for=delete pod/two --timeout=60s", ""),
                ok("delete deploy web --cascade=orphan", "deployment.apps \"web\" deleted"),
                ok("get rs -l app=web", "web-"),
                ok("delete rs -l app=web --wait=false", "deleted"),
                ok("delete pods --all --wait=false", "deleted"));
    }
}
