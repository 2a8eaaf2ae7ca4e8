package io.gantry.api.rules;

import static io.gantry.api.rules.Manifests.CLAIM;
import static io.gantry.api.rules.Manifests.META;
import static io.gantry.api.rules.Manifests.SELECTOR;
import static io.gantry.api.rules.Manifests.TEMPLATE;
import static io.gantry.api.rules.Manifests.object;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Rules of the workloads that run for ever.
final class WorkloadRulesTest {
    static Stream<CreateCase> creates() {
        return Stream.of(
                new CreateCase("good", new StatefulSetKind(), object(META, SELECTOR + "," + TEMPLATE), List.of()),
                new CreateCase(
                        "service",
                        new StatefulSetKind(),
                        object(META, "'serviceName':'A'," + SELECTOR + "," + TEMPLATE),
                        List.of(
                                "spec.serviceName: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower"
                                        + " case alphanumeric characters or '-', and must start and end with an alphanumeric"
                                        + " character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")),
                new CreateCase(
                        "all revisions",
                        new StatefulSetKind(),
                        object(META, "'revisionHistoryLimit':-1," + SELECTOR + "," + TEMPLATE),
                        List.of()),
                new CreateCase(
                        "no selector",
                        new StatefulSetKind(),
                        object(META, "'selector':{}," + TEMPLATE),
                        List.of("spec.selector: Invalid value: {}: empty selector is invalid for statefulset")),
                new CreateCase(
                        "mount of a claim",
                        new StatefulSetKind(),
                        object(
                                META,
                                SELECTOR + ",'volumeClaimTemplates':[" + CLAIM + "],'template':{'metadata':"
                                        + "{'labels':{'app':'a'}},'spec':{'hostname':'A_b','volumes':[{'name':'data',"
                                        + "'hostPath':{'path':'..'}}],'containers':[{'name':'c','image':'nginx',"
                                        + "'volumeMounts':[{'name':'data','mountPath':'/d'}]}]}}"),
                        List.of()),
                new CreateCase(
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
                new CreateCase(
                        "empty surge",
                        new DeploymentKind(),
                        object(META, SELECTOR + "," + TEMPLATE + ",'strategy':{'rollingUpdate':{'maxSurge':''}}"),
                        List.of("spec.strategy.rollingUpdate.maxSurge: Invalid value: \"\": a valid percent string must"
                                + " be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for"
                                + " validation is '[0-9]+%')")),
                new CreateCase("good", new DaemonSetKind(), object(META, SELECTOR + "," + TEMPLATE), List.of()),
                new CreateCase(
                        "surge and unavailable",
                        new DaemonSetKind(),
                        object(META, "'updateStrategy':{'rollingUpdate':{'maxSurge':1}}," + SELECTOR + "," + TEMPLATE),
                        List.of("spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when"
                                + " maxUnavailable is non-zero")),
                new CreateCase(
                        "a selector that is missing",
                        new DaemonSetKind(),
                        object(META, TEMPLATE),
                        List.of("spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not"
                                + " match template `labels`")),
                new CreateCase(
                        "a selector that is empty",
                        new DaemonSetKind(),
                        object(META, "'selector':{}," + TEMPLATE),
                        List.of("spec.selector: Invalid value: {}: empty selector is invalid for daemonset")),
                new CreateCase("good", new ReplicationControllerKind(), object(META, TEMPLATE), List.of()),
                new CreateCase(
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
                new CreateCase(
                        "no selector",
                        new StatefulSetKind(),
                        object(META, TEMPLATE),
                        List.of(
                                "spec.selector: Required value",
                                "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not"
                                        + " match template `labels`",
                                "spec.selector: Required value")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(CreateCase one) {
        one.check();
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
}
