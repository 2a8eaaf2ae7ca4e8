package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerKind;
import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.limitrange.LimitRangeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.networking.v1.ingress.IngressKind;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClassKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class WorkloadRulesTest {
    private static final String META = "'metadata':{'name':'a','namespace':'default'}";
    private static final String CLUSTER = "'metadata':{'name':'a'}";
    private static final String POD = "'spec':{'containers':[{'name':'c','image':'nginx'}]}";
    private static final String TEMPLATE = "'template':{'metadata':{'labels':{'app':'a'}}," + POD + "}";
    private static final String ENDING =
            "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'nginx'}]}}";
    private static final String CLAIM = "{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'resources':{'requests':{'storage':'1Gi'}}}}";
    private static final String SELECTOR = "'selector':{'matchLabels':{'app':'a'}}";

    record Case(String name, KindDefinition<?> kind, String json, List<String> errors) {}

    static Stream<Case> creates() {
        return Stream.of(
                new Case("good", new StatefulSetKind(), object(META, SELECTOR + "," + TEMPLATE), List.of()),
                new Case(
                        "service",
                        new StatefulSetKind(),
                        object(META, "'serviceName':'A'," + SELECTOR + "," + TEMPLATE),
                        List.of(
                                "spec.serviceName: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower"
                                        + " case alphanumeric characters or '-', and must start and end with an alphanumeric"
                                        + " character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")),
                new Case(
                        "all revisions",
                        new StatefulSetKind(),
                        object(META, "'revisionHistoryLimit':-1," + SELECTOR + "," + TEMPLATE),
                        List.of()),
                new Case(
                        "labels of a job that no pod gets",
                        new CronJobKind(),
                        object(
                                META,
                                "'schedule':'* * * * *','jobTemplate':{'metadata':{'labels':{'a':'-'}},'spec':{"
                                        + ENDING + "}}"),
                        List.of()),
                new Case(
                        "no selector",
                        new StatefulSetKind(),
                        object(META, "'selector':{}," + TEMPLATE),
                        List.of("spec.selector: Invalid value: {}: empty selector is invalid for statefulset")),
                new Case(
                        "mount of a claim",
                        new StatefulSetKind(),
                        object(
                                META,
                                SELECTOR + ",'volumeClaimTemplates':[" + CLAIM + "],'template':{'metadata':"
                                        + "{'labels':{'app':'a'}},'spec':{'hostname':'A_b','volumes':[{'name':'data',"
                                        + "'hostPath':{'path':'..'}}],'containers':[{'name':'c','image':'nginx',"
                                        + "'volumeMounts':[{'name':'data','mountPath':'/d'}]}]}}"),
                        List.of()),
                new Case(
                        "mount of nothing",
                        new StatefulSetKind(),
                        object(
                                META,
                                SELECTOR + ",'volumeClaimTemplates':[" + CLAIM.replace("'1Gi'", "'0'")
                                        + "],'template':{'metadata':{'labels':{'app':'a'}},'spec':{'containers':[{"
                                        + "'name':'c','image':'nginx','volumeMounts':[{'name':'v','mountPath':'/d'}]}]}}"),
                        List.of(
                                "spec.template.spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                                "spec.volumeClaimTemplates[0].spec.resources[storage]: Invalid value: \"0\": must be"
                                        + " greater than zero")),
                new Case(
                        "empty surge",
                        new DeploymentKind(),
                        object(META, SELECTOR + "," + TEMPLATE + ",'strategy':{'rollingUpdate':{'maxSurge':''}}"),
                        List.of("spec.strategy.rollingUpdate.maxSurge: Invalid value: \"\": a valid percent string must"
                                + " be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for"
                                + " validation is '[0-9]+%')")),
                new Case("good", new DaemonSetKind(), object(META, SELECTOR + "," + TEMPLATE), List.of()),
                new Case(
                        "surge and unavailable",
                        new DaemonSetKind(),
                        object(META, "'updateStrategy':{'rollingUpdate':{'maxSurge':1}}," + SELECTOR + "," + TEMPLATE),
                        List.of("spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when"
                                + " maxUnavailable is non-zero")),
                new Case(
                        "a selector that is missing",
                        new DaemonSetKind(),
                        object(META, TEMPLATE),
                        List.of("spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not"
                                + " match template `labels`")),
                new Case(
                        "a selector that is empty",
                        new DaemonSetKind(),
                        object(META, "'selector':{}," + TEMPLATE),
                        List.of("spec.selector: Invalid value: {}: empty selector is invalid for daemonset")),
                new Case("good", new ReplicationControllerKind(), object(META, TEMPLATE), List.of()),
                new Case(
                        "not forever",
                        new ReplicationControllerKind(),
                        object(
                                META,
                                "'template':{'metadata':{'labels':{'app':'a'}},'spec':{'restartPolicy':'Never',"
                                        + "'activeDeadlineSeconds':1,'containers':[{'name':'c','image':'nginx'}]}}"),
                        List.of(
                                "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values:"
                                        + " \"Always\"",
                                "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in"
                                        + " ReplicationController is not Supported")),
                new Case(
                        "no selector",
                        new StatefulSetKind(),
                        object(META, TEMPLATE),
                        List.of(
                                "spec.selector: Required value",
                                "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not"
                                        + " match template `labels`",
                                "spec.selector: Required value")),
                new Case(
                        "always restarting",
                        new CronJobKind(),
                        object(META, "'schedule':'* * * * *','jobTemplate':{'spec':{'template':{" + POD + "}}}"),
                        List.of("spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values:"
                                + " \"OnFailure\", \"Never\"")),
                new Case(
                        "four fields",
                        new CronJobKind(),
                        object(META, "'schedule':'* * * *','jobTemplate':{'spec':{" + ENDING + "}}"),
                        List.of("spec.schedule: Invalid value: \"* * * *\": expected exactly 5 fields, found 4:"
                                + " [* * * *]")),
                new Case(
                        "minute 61",
                        new CronJobKind(),
                        object(
                                META,
                                "'schedule':'61 * * * *','timeZone':'Mars/X','jobTemplate':{'spec':{" + ENDING + "}}"),
                        List.of(
                                "spec.timeZone: Invalid value: \"Mars/X\": unknown time zone Mars/X",
                                "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59):"
                                        + " 61")),
                new Case(
                        "two ways",
                        new PodDisruptionBudgetKind(),
                        object(META, "'minAvailable':1,'maxUnavailable':1"),
                        List.of("spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and"
                                + " maxUnavailable cannot be both set")),
                new Case(
                        "percent",
                        new PodDisruptionBudgetKind(),
                        object(META, "'minAvailable':'150%'"),
                        List.of("spec.minAvailable: Invalid value: \"150%\": must not be greater than 100%")),
                new Case(
                        "no path type",
                        new IngressKind(),
                        object(
                                META,
                                "'rules':[{'host':'1.2.3.4','http':{'paths':[{'path':'x','pathType':'Prefix',"
                                        + "'backend':{'service':{'name':'s'}}}]}}]"),
                        List.of(
                                "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
                                "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path",
                                "spec.rules[0].http.paths[0].backend: Required value: port name or number is required")),
                new Case(
                        "block outside",
                        new NetworkPolicyKind(),
                        object(
                                META,
                                "'podSelector':{},'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['11.0.0.0/9']}},{}]}]"),
                        List.of(
                                "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/9\": must be a strict"
                                        + " subset of `cidr`",
                                "spec.ingress[0].from[1]: Required value: must specify a peer")),
                new Case(
                        "less than the minimum",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},'minReplicas':3,'maxReplicas':2"),
                        List.of("spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`")),
                new Case(
                        "no group",
                        new HorizontalPodAutoscalerKind(),
                        object(META, "'scaleTargetRef':{'kind':'Deployment','name':'a'},'maxReplicas':2"),
                        List.of(
                                "spec.scaleTargetRef.apiVersion: Invalid value: \"\": apiVersion must specify API group")),
                new Case(
                        "odd group",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'/a/b','kind':'Deployment','name':'a'},'maxReplicas':2"),
                        List.of(
                                "spec.scaleTargetRef.apiVersion: Invalid value: \"/a/b\": unexpected GroupVersion string:"
                                        + " /a/b")),
                new Case(
                        "a metric's selector is nobody's, a container's name is one",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},'maxReplicas':2,"
                                        + "'metrics':[{'type':'Pods','pods':{'metric':{'name':'p','selector':{'matchLabels':{'a':'<'}}},"
                                        + "'target':{'type':'AverageValue','averageValue':'1'}}},"
                                        + "{'type':'ContainerResource','containerResource':{'name':'cpu','container':'c_d',"
                                        + "'target':{'type':'AverageValue','averageValue':'1'}}}]"),
                        List.of(
                                "spec.metrics[1].containerResource.container: Invalid value: \"c_d\": a lowercase RFC 1123"
                                        + " label must consist of lower case alphanumeric characters or '-', and must start and"
                                        + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")),
                new Case(
                        "a controller of the core",
                        new HorizontalPodAutoscalerKind(),
                        object(META, "'scaleTargetRef':{'kind':'ReplicationController','name':'a'},'maxReplicas':2"),
                        List.of()),
                new Case(
                        "odd metrics",
                        new HorizontalPodAutoscalerKind(),
                        object(
                                META,
                                "'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'a'},'maxReplicas':0,"
                                        + "'behavior':{'scaleUp':{'tolerance':'-1'}},'metrics':[{'type':'Resource',"
                                        + "'resource':{'name':'cpu','target':{'type':'Share','averageUtilization':0}}},"
                                        + "{'type':'Pods','pods':{'metric':{'name':''},'target':{'type':'AverageValue'}}}]"),
                        List.of(
                                "spec.maxReplicas: Required value: must be set and greater than 0",
                                "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
                                "spec.metrics[0].resource.target.type: Invalid value: \"Share\": must be either"
                                        + " Utilization, Value, or AverageValue",
                                "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater"
                                        + " than 0",
                                "spec.metrics[1].pods.metric.name: Required value: must specify a metric name",
                                "spec.metrics[1].pods.target.averageValue: Required value: must specify a positive"
                                        + " target averageValue",
                                "spec.behavior.scaleUp.tolerance: Invalid value: \"-1\": must be greater than or equal"
                                        + " to 0")),
                new Case(
                        "too high",
                        new PriorityClassKind(),
                        "{" + CLUSTER + ",'value':2000000000}",
                        List.of("value: Forbidden: maximum allowed value of a user defined priority is 1000000000")),
                new Case("good", new StorageClassKind(), "{" + CLUSTER + ",'provisioner':'x.io/y'}", List.of()),
                new Case(
                        "no size",
                        new PersistentVolumeClaimKind(),
                        object(META, "'accessModes':['ReadWriteOnce']"),
                        List.of("spec.resources[storage]: Required value")),
                new Case(
                        "no source",
                        new PersistentVolumeKind(),
                        object(CLUSTER, "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'}"),
                        List.of("spec: Required value: must specify a volume type")),
                new Case(
                        "unknown resource",
                        new ResourceQuotaKind(),
                        object(META, "'hard':{'cpus':'1'}"),
                        List.of("spec.hard[cpus]: Invalid value: \"cpus\": must be a standard resource for quota")),
                new Case(
                        "odd driver",
                        new PersistentVolumeKind(),
                        object(
                                CLUSTER,
                                "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'}," + "'csi':{'driver':'"
                                        + "a".repeat(64) + "','volumeHandle':'h'}"),
                        List.of("spec.csi.driver: Too long: may not be more than 63 bytes")),
                new Case(
                        "back from the local path",
                        new PersistentVolumeKind(),
                        object(
                                CLUSTER,
                                "'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'local':{'path':'..'},"
                                        + "'nodeAffinity':{'required':{'nodeSelectorTerms':[{}]}}"),
                        List.of("spec.local.path: Invalid value: \"..\": must not contain '..'")),
                new Case(
                        "odd type",
                        new LimitRangeKind(),
                        object(META, "'limits':[{'type':'Pods'},{'type':'x.io/y'}]"),
                        List.of("spec.limits[0].type: Invalid value: \"Pods\": must be a standard limit type or fully"
                                + " qualified")),
                new Case(
                        "min over max",
                        new LimitRangeKind(),
                        object(META, "'limits':[{'type':'Pod','min':{'cpu':'2'},'max':{'cpu':'1'}}]"),
                        List.of(
                                "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1")));
    }

    private static String object(String meta, String spec) {
        return "{" + meta + ",'spec':{" + spec + "}}";
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(Case one) {
        assertEquals(one.errors(), new RulesHarness<>(one.kind()).create(one.json()));
    }

    @Test
    void aJobGetsItsSelectorFromItsUid() {
        RulesHarness<?> jobs = new RulesHarness<>(new JobKind());
        ObjectNode job =
                jobs.defaulted("{'metadata':{'name':'a','namespace':'default','uid':'u'},'spec':{" + ENDING + "}}");
        new JobKind().rules().prepareForCreate(job);
        JsonNode spec = job.path("spec");
        assertEquals(
                "{\"matchLabels\":{\"batch.kubernetes.io/controller-uid\":\"u\"}}",
                spec.path("selector").toString());
        assertEquals(
                "a",
                spec.path("template")
                        .path("metadata")
                        .path("labels")
                        .path("job-name")
                        .asString());
        assertEquals(1, spec.path("completions").asInt());
        assertEquals(6, spec.path("backoffLimit").asInt());
        assertEquals(List.of(), jobs.create(job.toString()));
    }

    @Test
    void aJobWithoutASelectorSelectsNothing() {
        String labelled = "'template':{'metadata':{'labels':{'b':'1','a':'2'}},"
                + "'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'nginx'}]}}";
        assertEquals(
                List.of(
                        "spec.selector: Required value",
                        "spec.template.metadata.labels: Invalid value: {\"a\":\"2\",\"b\":\"1\"}:"
                                + " `selector` does not match template `labels`"),
                new RulesHarness<>(new JobKind()).create(object(META, labelled)));
    }

    @Test
    void noLabelsAreNull() {
        String unlabelled = "'manualSelector':true,'selector':{'matchLabels':{'a':'b'}},"
                + "'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'nginx'}]}}";
        assertEquals(
                List.of(
                        "spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`"),
                new RulesHarness<>(new JobKind()).create(object(META, unlabelled)));
    }

    @Test
    void aSuspendedJobsPodsMayAskForOtherThings() {
        RulesHarness<?> jobs = new RulesHarness<>(new JobKind());
        String quiet =
                "{'metadata':{'name':'a','namespace':'default','uid':'u'},'spec':{'suspend':true,'manualSelector':true,'selector':{},"
                        + ENDING + "},'status':{'startTime':'2026-01-01T00:00:00Z','conditions':[{'type':'Suspended',"
                        + "'status':'True'}]}}";
        String asks = quiet.replace("'image':'nginx'", "'image':'nginx','resources':{'requests':{'cpu':'2'}}")
                .replace("'restartPolicy'", "'nodeSelector':{'a':'b'},'restartPolicy'");
        assertEquals(List.of(), jobs.update(asks, quiet));
        assertEquals(1, jobs.update(quiet.replace("nginx", "redis"), quiet).size());
        String running = quiet.replace("'startTime'", "'active':1,'startTime'");
        assertEquals(
                1,
                jobs.update(asks.replace("'startTime'", "'active':1,'startTime'"), running)
                        .size());
        String before = quiet.replace("'True'", "'False'");
        assertEquals(1, jobs.update(asks.replace("'True'", "'False'"), before).size());
    }

    @Test
    void aStatefulSetsIdentityIsFixed() {
        String old = object(META, "'serviceName':'s'," + SELECTOR + "," + TEMPLATE);
        RulesHarness<?> sets = new RulesHarness<>(new StatefulSetKind());
        assertEquals(List.of(), sets.update(old.replace("nginx", "redis"), old));
        assertEquals(
                List.of("spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                        + " 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy'"
                        + " and 'minReadySeconds' are forbidden"),
                sets.update(old.replace("'s'", "'t'"), old));
    }

    @Test
    void aStatefulSetOfBeforeKeepsATemplateWithFaults() {
        RulesHarness<?> sets = new RulesHarness<>(new StatefulSetKind());
        String good = object(META, "'replicas':1," + SELECTOR + "," + TEMPLATE);
        String bad = good.replace("'image':'nginx'", "'image':''");
        List<String> noImage = List.of("spec.template.spec.containers[0].image: Required value");
        assertEquals(noImage, sets.update(bad, good));
        assertEquals(List.of(), sets.update(bad.replace("'replicas':1", "'replicas':2"), bad));
        assertEquals(
                List.of("spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
                sets.update(bad.replace("'replicas':1", "'replicas':-1"), bad));
        String claim = "'volumeClaimTemplates':[" + CLAIM.replace("'1Gi'", "'0'") + "],'replicas'";
        String claims = good.replace("'replicas'", claim);
        assertEquals(List.of(), sets.update(claims.replace("nginx", "redis"), claims));
    }

    @Test
    void whatIsScaledKeepsAVersionWithoutGroup() {
        RulesHarness<?> scalers = new RulesHarness<>(new HorizontalPodAutoscalerKind());
        String old = object(META, "'scaleTargetRef':{'kind':'Deployment','name':'a'},'maxReplicas':2");
        assertEquals(List.of(), scalers.update(old.replace("'name':'a'},'max", "'name':'b'},'max"), old));
        assertEquals(
                1,
                scalers.update(old.replace("'Deployment'", "'StatefulSet'"), old)
                        .size());
    }

    @Test
    void aStatefulSetThatNamesOnlyTheTypeOfItsStrategyGetsNoMore() {
        RulesHarness<?> sets = new RulesHarness<>(new StatefulSetKind());
        for (String[] each : new String[][] {
            {"{}", "{'type':'RollingUpdate','rollingUpdate':{'partition':0}}"},
            {"{'type':''}", "{'type':'RollingUpdate','rollingUpdate':{'partition':0}}"},
            {"{'type':'RollingUpdate'}", "{'type':'RollingUpdate'}"},
            {"{'type':'OnDelete'}", "{'type':'OnDelete'}"},
            {"{'type':'RollingUpdate','rollingUpdate':{}}", "{'type':'RollingUpdate','rollingUpdate':{'partition':0}}"},
        }) {
            JsonNode strategy = sets.defaulted(
                            object(META, "'updateStrategy':" + each[0] + "," + SELECTOR + "," + TEMPLATE))
                    .path("spec")
                    .path("updateStrategy");
            assertEquals(RulesHarness.parse(each[1]), strategy, each[0]);
        }
    }

    @Test
    void aFailurePolicysConditionsAreTrueInTemplatesOfJobsToo() {
        String spec =
                "'podFailurePolicy':{'rules':[{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget'}]}]},"
                        + ENDING;
        ObjectNode job = new RulesHarness<>(new JobKind()).defaulted(object(META, spec));
        assertEquals("false", job.path("spec").path("manualSelector").toString());
        ObjectNode cron = new RulesHarness<>(new CronJobKind())
                .defaulted(object(META, "'schedule':'* * * * *','jobTemplate':{'spec':{" + spec + "}}"));
        JsonNode template = cron.path("spec").path("jobTemplate").path("spec");
        assertFalse(template.has("manualSelector"));
        for (JsonNode each : List.of(job.path("spec"), template)) {
            assertEquals(
                    "\"True\"",
                    each.at("/podFailurePolicy/rules/0/onPodConditions/0/status")
                            .toString());
        }
    }

    /// As `kubectl get job -o yaml` gives it for another cluster, or for the same one again.
    @Test
    void aJobWithLabelsOfAnotherIsRefused() {
        RulesHarness<Job> jobs = new RulesHarness<>(new JobKind());
        ObjectNode fresh = jobs.defaulted(job("'uid':'u1'", ENDING));
        new JobKind().rules().prepareForCreate(fresh);
        assertEquals(List.of(), jobs.create(fresh.toString()));
        ObjectNode copied = jobs.defaulted(fresh.toString().replace("\"uid\":\"u1\"", "\"uid\":\"u2\""));
        new JobKind().rules().prepareForCreate(copied);
        String labels = "{\"batch.kubernetes.io/controller-uid\":\"u1\",\"batch.kubernetes.io/job-name\":\"a\","
                + "\"controller-uid\":\"u1\",\"job-name\":\"a\"}";
        assertEquals(
                List.of(
                        "spec.template.metadata.labels[controller-uid]: Invalid value: " + labels + ": must be 'u2'",
                        "spec.template.metadata.labels[batch.kubernetes.io/controller-uid]: Invalid value: " + labels
                                + ": must be 'u2'",
                        "spec.selector: Invalid value: {\"matchLabels\":{\"batch.kubernetes.io/controller-uid\":\"u1\"}}:"
                                + " `selector` not auto-generated"),
                jobs.create(copied.toString()));
    }

    @Test
    void aSelectorOfTheClientsOwnWantsItsFlag() {
        RulesHarness<Job> jobs = new RulesHarness<>(new JobKind());
        ObjectNode own = jobs.defaulted(job("'uid':'u1'", "'selector':{'matchLabels':{'app':'x'}}," + ENDING));
        new JobKind().rules().prepareForCreate(own);
        List<String> errors = jobs.create(own.toString());
        assertTrue(errors.getFirst().startsWith("spec.selector: Invalid value: "), errors.toString());
        assertTrue(errors.getFirst().endsWith("`selector` not auto-generated"), errors.toString());
        assertTrue(errors.get(1).endsWith("`selector` does not match template `labels`"), errors.toString());
    }

    @Test
    void podsOfAnIndexedJobNeedHostNames() {
        String name = "a".repeat(61);
        ObjectNode job = new RulesHarness<>(new JobKind())
                .defaulted(object(
                        "'metadata':{'name':'" + name + "','namespace':'n','uid':'u1'}",
                        "'completionMode':'Indexed','completions':11," + ENDING));
        new JobKind().rules().prepareForCreate(job);
        assertEquals(
                List.of("metadata.name: Invalid value: \"" + name + "\": will not able to create pod with invalid DNS"
                        + " label: " + name + "-10"),
                new RulesHarness<>(new JobKind()).create(job.toString()));
    }

    private static String job(String meta, String spec) {
        return object("'metadata':{'name':'a','namespace':'n'," + meta + "}", spec);
    }

    /// @param errors empty for none
    record Zoned(String now, String old, List<String> errors) {}

    static Stream<Zoned> zones() {
        String berlin = "'timeZone':'Europe/Berlin','schedule':'0 * * * *'";
        String mars = "'timeZone':'Mars/X','schedule':'0 * * * *'";
        String within = "'schedule':'TZ=UTC 0 * * * *'";
        String refused = "spec.schedule: Invalid value: \"TZ=UTC 0 * * * *\": cannot use ";
        return Stream.of(
                new Zoned(berlin, mars, List.of()),
                new Zoned(mars, mars, List.of()),
                new Zoned(mars, berlin, List.of("spec.timeZone: Invalid value: \"Mars/X\": unknown time zone Mars/X")),
                new Zoned(within, within, List.of()),
                new Zoned(berlin, within, List.of()),
                new Zoned(within, berlin, List.of(refused + "TZ or CRON_TZ in schedule, use timeZone field instead")),
                new Zoned(
                        within + ",'timeZone':'UTC'",
                        within,
                        List.of(refused + "both timeZone field and TZ or CRON_TZ in schedule")));
    }

    @ParameterizedTest
    @MethodSource
    void zones(Zoned one) {
        String rest = ",'jobTemplate':{'spec':{" + ENDING + "}}";
        assertEquals(
                one.errors(),
                new RulesHarness<>(new CronJobKind())
                        .update(object(META, one.now() + rest), object(META, one.old() + rest)));
    }
}
