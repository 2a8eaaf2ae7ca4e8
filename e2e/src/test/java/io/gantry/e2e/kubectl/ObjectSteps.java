package io.gantry.e2e.kubectl;

import static io.gantry.e2e.kubectl.Step.fails;
import static io.gantry.e2e.kubectl.Step.ok;

import io.gantry.e2e.cluster.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The commands that need no container.
final class ObjectSteps {
    private ObjectSteps() {}

    static List<Step> all(String ns, String node, Path files) {
        List<Step> steps = new ArrayList<>();
        steps.addAll(creating(ns));
        steps.addAll(looking(ns, node));
        steps.addAll(applying(files));
        steps.addAll(changing());
        steps.addAll(access(ns, files));
        steps.addAll(nodes(node));
        steps.addAll(server());
        return steps;
    }

    private static List<Step> creating(String ns) {
        String image = "--image=" + TestCluster.BUSYBOX;
        return List.of(
                ok("create configmap cm --from-literal=a=1 --from-literal=b=2", "^configmap/cm created"),
                ok("create secret generic sec --from-literal=p=q", "^secret/sec created"),
                ok(
                        "create secret docker-registry reg --docker-server=s --docker-username=u --docker-password=p",
                        "^secret/reg created"),
                ok("create service clusterip s1 --tcp=80:8080", "^service/s1 created"),
                ok("create service nodeport s2 --tcp=80:8080", "^service/s2 created"),
                ok("create service loadbalancer s3 --tcp=80:8080", "^service/s3 created"),
                ok("create service externalname s4 --external-name=x.example.com", "^service/s4 created"),
                ok("create serviceaccount robot", "^serviceaccount/robot created"),
                ok("create token robot --duration=1h", "^ey[\\w-]+\\.[\\w-]+\\.[\\w-]+"),
                ok(
                        "create role ro --verb=get,list --resource=pods,pods/log",
                        "^role.rbac.authorization.k8s.io/ro created"),
                ok("create rolebinding rb --role=ro --serviceaccount=" + ns + ":robot", "rolebinding\\S+/rb created"),
                ok("create clusterrole " + ns + " --verb=get --resource=nodes", "^clusterrole\\S+ created"),
                ok("create clusterrolebinding " + ns + " --clusterrole=" + ns + " --user=me", "binding\\S+ created"),
                ok("create quota q1 --hard=configmaps=100", "^resourcequota/q1 created"),
                ok("create pdb pdb1 --selector=app=web --min-available=0", "^poddisruptionbudget.policy/pdb1 created"),
                ok(
                        "create priorityclass " + ns + " --value=1000",
                        "^priorityclass.scheduling.k8s.io/" + ns + " created"),
                ok("create ingress ing '--rule=a.example.com/x*=s1:80'", "^ingress.networking.k8s.io/ing created"),
                ok("create job j1 " + image + " -- echo hi", "^job.batch/j1 created"),
                ok("create cronjob cj1 " + image + " '--schedule=0 0 1 1 *' -- echo hi", "^cronjob.batch/cj1 created"),
                ok("create job j2 --from=cronjob/cj1", "^job.batch/j2 created"),
                ok("create deployment web " + image + " --replicas=2 -- sleep 9999", "^deployment.apps/web created"),
                fails("create configmap cm", "configmaps \"cm\" already exists"),
                fails(
                        "create configmap Bad_",
                        "is invalid: metadata.name: Invalid value: \"Bad_\": a lowercase RFC 1123"));
    }

    private static List<Step> looking(String ns, String node) {
        return List.of(
                ok("get cm,svc,sa -o name", "configmap/cm\n.*service/s1\n.*serviceaccount/robot"),
                ok(
                        "get svc",
                        "NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\\(S\\) +AGE\ns1 +ClusterIP +10\\.96\\S+ +<none> +80/TCP"),
                ok("get svc s4", "s4 +ExternalName +<none> +x.example.com +<none>"),
                ok("get cm cm -o yaml", "^apiVersion: v1\ndata:\n  a: \"1\"\n  b: \"2\"\nkind: ConfigMap\nmetadata:\n"),
                ok("get cm cm -o json", "\"apiVersion\": \"v1\",\n +\"data\": \\{"),
                ok("get cm -o custom-columns=N:.metadata.name,A:.data.a", "N +A\ncm +1"),
                ok("get cm cm -o jsonpath={.data.b}", "^2$"),
                ok("get cm '-o=jsonpath={range .items[*]}{.metadata.name};{end}'", "cm;"),
                ok("get cm cm '-o=go-template={{.data.a}}'", "^1$"),
                ok("get svc --sort-by=.metadata.name --no-headers", "^s1.*\ns2.*\ns3.*\ns4"),
                ok("get svc --show-labels -L app", "AGE +APP +LABELS\ns1.* s1 +app=s1"),
                ok("get cm --field-selector=metadata.name=cm -o name", "^configmap/cm\\s*$"),
                ok("get svc -l 'app in (s1,s2),app!=s2' -o name", "^service/s1\\s*$"),
                ok("get cm --chunk-size=1 -o name", "configmap/cm"),
                ok("get cm --server-print=false", "NAME +AGE\ncm +"),
                ok(
                        "get deploy,job,cj,quota,pdb,ing",
                        "NAME +READY +UP-TO-DATE +AVAILABLE +AGE.*"
                                + "NAME +(STATUS +)?COMPLETIONS.*NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST SCHEDULE"),
                ok("get role,rolebinding", "NAME +CREATED AT.*NAME +ROLE +AGE"),
                ok("get all", "service/s1.*deployment.apps/web.*replicaset.apps/web-"),
                ok("get --raw /readyz", "^ok$"),
                ok("get cm -A --field-selector=metadata.name=cm", "NAMESPACE +NAME +DATA +AGE\n" + ns + " +cm +2"),
                fails("get nothing", "the server doesn't have a resource type \"nothing\""),
                fails("get cm nothing", "^Error from server \\(NotFound\\): configmaps \"nothing\" not found"),
                ok("get cm nothing --ignore-not-found", Step.NOTHING),
                ok(
                        "describe cm cm",
                        "^Name: +cm\nNamespace: +" + ns
                                + "\nLabels: +<none>\nAnnotations: +<none>\n\nData\n====\n[ab]:"),
                ok("describe secret sec", "Type: +Opaque\n\nData\n====\np: +1 bytes"),
                ok("describe svc s2", "Type: +NodePort\nIP Family Policy: +SingleStack.*NodePort: +80-8080 +3\\d+/TCP"),
                ok("describe sa robot", "Image pull secrets: +<none>"),
                ok("describe role ro", "pods/log +\\[\\] +\\[\\] +\\[get list\\]"),
                ok("describe rolebinding rb", "ServiceAccount +robot"),
                ok("describe quota q1", "Resource +Used +Hard\n-+ +-+ +-+\nconfigmaps +\\d+ +100"),
                ok("describe pdb pdb1", "Min available: +0\nSelector: +app=web"),
                ok("describe ing ing", "a.example.com +\n +/x +s1:80"),
                ok("describe cj cj1", "Schedule: +0 0 1 1 \\*\nConcurrency Policy: +Allow"),
                ok(
                        "describe deploy web",
                        "Selector: +app=web\nReplicas: +2 desired.*RollingUpdateStrategy: +25% max unavailable"),
                ok("describe ns " + ns, "Status: +Active\n\nResource Quotas"),
                ok(
                        "describe node " + node,
                        "Capacity:\n +cpu: .*Allocatable:.*System Info:.*PodCIDR: .*Allocated resources:"),
                ok("describe priorityclass " + ns, "Value: +1000\n"),
                fails("describe cm nothing", "Error from server \\(NotFound\\)"),
                ok("events --for deployment/web", "LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n.*ScalingReplicaSet"),
                ok("get events", "LAST SEEN +TYPE +REASON +OBJECT +MESSAGE"));
    }

    private static List<Step> applying(Path files) {
        String f = " -f " + files + "/";
        return List.of(
                ok("apply" + f + "one.yaml", "^configmap/one created"),
                ok("apply" + f + "one.yaml", "^configmap/one unchanged"),
                ok("diff" + f + "one.yaml", Step.NOTHING),
                fails("diff" + f + "one-changed.yaml", "\n-  a: \"1\"\n\\+  a: \"2\"\n"),
                ok("apply --dry-run=server" + f + "one-changed.yaml", "^configmap/one configured \\(server dry run\\)"),
                ok("apply" + f + "one-changed.yaml", "^configmap/one configured"),
                ok("apply view-last-applied cm/one", "a: \"2\""),
                ok("apply set-last-applied" + f + "one.yaml", "configmap/one configured"),
                ok("apply" + f + "two.yaml", "^configmap/other created"),
                ok("apply --prune -l set=one" + f + "one.yaml", "configmap/other pruned"),
                ok("apply --server-side" + f + "two.yaml --field-manager=first", "^configmap/other serverside-applied"),
                fails(
                        "apply --server-side" + f + "two-changed.yaml --field-manager=second",
                        "Apply failed with 1 conflict: conflict with \"first\".*: .data.a"),
                ok("apply --server-side --force-conflicts" + f + "two-changed.yaml --field-manager=second", "applied"),
                ok("diff --server-side" + f + "two-changed.yaml --field-manager=second", Step.NOTHING),
                ok(
                        "get cm other -o yaml --show-managed-fields",
                        "f:data:\n +f:a: \\{\\}.*manager: second\n +operation: Apply"),
                ok("apply --server-side" + f + "one.yaml --force-conflicts", "configmap/one serverside-applied"),
                fails(
                        "apply" + f + "unknown.yaml",
                        "strict decoding error: unknown field \"dta\"|unknown field \"dta\""),
                ok("apply --validate=warn" + f + "unknown.yaml", "unknown field \"dta\""),
                ok("replace" + f + "one.yaml", "^configmap/one replaced"),
                ok("replace --force" + f + "one.yaml", "configmap \"one\" deleted.*\nconfigmap/one replaced"),
                fails("replace -f -", "Error from server \\(NotFound\\)")
                        .reading("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"nothing\"}}"),
                ok("kustomize " + files + "/custom", "name: k-made-\\w+"),
                ok("apply -k " + files + "/custom", "configmap/k-made-\\S+ created"),
                ok("delete -k " + files + "/custom", "configmap \"k-one\" deleted"));
    }

    private static List<Step> changing() {
        return List.of(
                ok("patch cm cm -p '{\"data\":{\"e\":\"before-edit\"}}'", "^configmap/cm patched"),
                ok("edit cm cm", "^configmap/cm edited"),
                ok("get cm cm -o jsonpath={.data.e}", "^after-edit$"),
                ok("edit cm cm", "^Edit cancelled, no changes made"),
                ok("patch cm cm --type=merge -p '{\"data\":{\"e\":null}}'", "patched"),
                ok("patch cm cm --type=json -p '[{\"op\":\"add\",\"path\":\"/data/q\",\"value\":\"1\"}]'", "patched"),
                ok("patch cm cm --type=json -p '[{\"op\":\"add\",\"path\":\"/data/q\",\"value\":\"1\"}]'", "no change"),
                fails(
                        "patch cm cm --type=json -p '[{\"op\":\"test\",\"path\":\"/data/q\",\"value\":\"2\"}]'",
                        "The request is invalid: the server rejected our request due to an error in our request"),
                ok("patch deploy web --subresource=scale --type=merge -p '{\"spec\":{\"replicas\":3}}'", "web patched"),
                ok("get deploy web --subresource=scale", "NAME +DESIRED +AVAILABLE +AGE\nweb +3 "),
                ok("get deploy web --subresource=status", "NAME +READY +UP-TO-DATE"),
                ok("scale deploy web --replicas=1 --current-replicas=3", "^deployment.apps/web scaled"),
                fails("scale deploy web --replicas=1 --current-replicas=7", "xpected replicas to be 7, was 1"),
                ok(
                        "autoscale deploy web --min=1 --max=5 --cpu-percent=50",
                        "horizontalpodautoscaler\\S+/web autoscaled"),
                ok("get hpa", "NAME +REFERENCE +TARGETS +MINPODS +MAXPODS +REPLICAS +AGE\nweb +Deployment/web"),
                ok("describe hpa web", "Min replicas: +1\nMax replicas: +5"),
                ok("delete hpa web", "horizontalpodautoscaler.autoscaling \"web\" deleted"),
                ok("set env deploy/web A=b", "deployment.apps/web env updated"),
                ok("set env deploy/web --list", "A=b"),
                ok("set resources deploy/web --limits=cpu=200m,memory=64Mi", "resource requirements updated"),
                ok("set serviceaccount deploy/web robot", "serviceaccount updated"),
                ok("set image deploy/web busybox=" + TestCluster.NGINX, "image updated"),
                ok("set selector svc s1 app=web", "service/s1 selector updated"),
                ok("set subject rolebinding rb --user=jim", "subjects updated"),
                ok("rollout pause deploy/web", "web paused"),
                ok("rollout resume deploy/web", "web resumed"),
                ok("rollout restart deploy/web", "web restarted"),
                ok(
                                "wait deploy/web --for=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}"
                                        + " --timeout=60s",
                                "condition met")
                        .since(33),
                ok("rollout history deploy/web", "REVISION +CHANGE-CAUSE\n1 +<none>"),
                ok("rollout history deploy/web --revision=1", "Pod Template:\n.*Image:\t?.*" + TestCluster.BUSYBOX),
                ok("rollout undo deploy/web --to-revision=1", "web rolled back"),
                ok("label cm cm x=y", "^configmap/cm labeled"),
                fails("label cm cm x=z", "already has a value \\(y\\), and --overwrite is false"),
                ok("label cm cm x=z --overwrite", "labeled"),
                ok("label cm cm x-", "unlabeled"),
                ok("annotate cm cm n=1", "^configmap/cm annotate"),
                ok("annotate cm cm --list", "n=1"),
                ok("label deploy web --list", "app=web"),
                ok("set env deploy/web --from=configmap/cm --prefix=C_", "env updated"),
                ok("annotate cm cm n-", "annotate"),
                ok("expose deploy web --port=80 --target-port=8080 --name=ex", "^service/ex exposed"),
                ok("get svc ex -o wide", "SELECTOR\nex .* app=web"),
                ok("wait cm/cm --for=jsonpath={.data.a}=1 --timeout=60s", "configmap/cm condition met"),
                ok("wait cm/cm --for=create --timeout=60s", "condition met").since(31),
                fails("wait cm/cm --for=jsonpath={.data.a}=9 --timeout=1s", "timed out waiting for the condition"),
                ok("delete cm cm --dry-run=server", "configmap \"cm\" deleted.*server dry run"),
                ok("delete cm cm", "configmap \"cm\" deleted"),
                fails("delete cm cm", "NotFound"),
                ok("delete svc -l app=s2", "service \"s2\" deleted"),
                ok("delete job j1 --cascade=foreground", "job.batch \"j1\" deleted"),
                ok("delete job j2 --cascade=orphan", "job.batch \"j2\" deleted"));
    }

    private static List<Step> access(String ns, Path files) {
        return List.of(
                ok("auth can-i create pods", "^yes"),
                fails("auth can-i get secrets --as=joe", "^no"),
                ok(
                        "auth reconcile -f " + files + "/roles.yaml",
                        "role\\S+/reconciled reconciled.*binding\\S+/reconciled"),
                ok("auth can-i get pods --as=joe", "^yes"),
                ok("auth can-i --list --as=joe", "Resources +Non-Resource URLs.*pods +\\[\\] +\\[\\] +\\[get\\]"),
                ok("auth whoami", "Username +kubernetes-admin\nGroups +\\[system:masters system:authenticated\\]")
                        .since(28),
                fails(
                        "get pods -n kube-system --as=joe",
                        "Error from server \\(Forbidden\\): pods is forbidden: User"
                                + " \"joe\" cannot list resource \"pods\" in API group \"\" in the namespace \"kube-system\""),
                ok("delete clusterrole,clusterrolebinding,priorityclass " + ns, "deleted"),
                ok("create -f " + files + "/requests.yaml", ns + "-yes created.*" + ns + "-no created"),
                ok(
                        "get csr " + ns + "-yes",
                        "NAME +AGE +SIGNERNAME +REQUESTOR +REQUESTEDDURATION +CONDITION\n.*Pending"),
                ok("certificate approve " + ns + "-yes", "certificatesigningrequest\\S+/" + ns + "-yes approved"),
                ok("certificate deny " + ns + "-no", "certificatesigningrequest\\S+/" + ns + "-no denied"),
                ok("wait csr/" + ns + "-yes --for=jsonpath={.status.certificate} --timeout=60s", "met")
                        .since(32),
                ok("describe csr " + ns + "-no", "Status: +Denied\nSubject:\n +Common Name: +" + ns + "-no"),
                ok("delete csr " + ns + "-yes " + ns + "-no", "deleted"));
    }

    private static List<Step> nodes(String node) {
        return List.of(
                ok("taint node " + node + " k=v:PreferNoSchedule", "node/" + node + " tainted"),
                fails("taint node " + node + " k=v:PreferNoSchedule", "already has k taint"),
                ok("taint node " + node + " k=w:PreferNoSchedule --overwrite", "node/" + node + " modified"),
                ok("taint node " + node + " k-", "untainted"),
                ok("cordon " + node, "node/" + node + " cordoned"),
                ok("get node " + node, "Ready,SchedulingDisabled"),
                ok("uncordon " + node, "node/" + node + " uncordoned"),
                ok("drain " + node + " --ignore-daemonsets --force --dry-run=client", "drained \\(dry run\\)"));
    }

    private static List<Step> server() {
        return List.of(
                ok("cluster-info", "is running at \\S*https://"),
                ok("version -o yaml", "serverVersion:.*minor: \"36\""),
                ok("api-versions", "apps/v1\n.*v1\\s*$"),
                ok(
                        "api-resources",
                        "NAME +SHORTNAMES +APIVERSION +NAMESPACED +KIND\n.*deployments +deploy +apps/v1 +true +Deployment"),
                ok("api-resources --verbs=list --namespaced=false -o name", "^nodes$"),
                ok("explain pod.spec.containers.livenessProbe.httpGet", "FIELDS:\n.*port\t<IntOrString> -required-"),
                ok("explain deploy --recursive", "rollingUpdate\t<RollingUpdateDeployment>\n"),
                ok("explain deploy --output=plaintext-openapiv2", "KIND: +Deployment\nVERSION: +apps/v1"),
                fails("explain pod.spec.nothing", "field \"nothing\" does not exist"),
                ok("get --raw /openapi/v3", "\"api/v1\""),
                ok("get --raw /version", "\"minor\""));
    }
}
