package io.gantry.api.rules;

import static io.gantry.api.rules.Manifests.CLUSTER;
import static io.gantry.api.rules.Manifests.META;
import static io.gantry.api.rules.Manifests.object;

import io.gantry.api.core.v1.limitrange.LimitRangeKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClassKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules of what limits others: budgets, quotas, ranges and priorities.
final class LimitRulesTest {
    static Stream<CreateCase> creates() {
        return Stream.of(
                new CreateCase(
                        "two ways",
                        new PodDisruptionBudgetKind(),
                        object(META, "'minAvailable':1,'maxUnavailable':1"),
                        List.of("spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and"
                                + " maxUnavailable cannot be both set")),
                new CreateCase(
                        "percent",
                        new PodDisruptionBudgetKind(),
                        object(META, "'minAvailable':'150%'"),
                        List.of("spec.minAvailable: Invalid value: \"150%\": must not be greater than 100%")),
                new CreateCase(
                        "too high",
                        new PriorityClassKind(),
                        "{" + CLUSTER + ",'value':2000000000}",
                        List.of("value: Forbidden: maximum allowed value of a user defined priority is 1000000000")),
                new CreateCase(
                        "unknown resource",
                        new ResourceQuotaKind(),
                        object(META, "'hard':{'cpus':'1'}"),
                        List.of("spec.hard[cpus]: Invalid value: \"cpus\": must be a standard resource for quota")),
                new CreateCase(
                        "odd type",
                        new LimitRangeKind(),
                        object(META, "'limits':[{'type':'Pods'},{'type':'x.io/y'}]"),
                        List.of("spec.limits[0].type: Invalid value: \"Pods\": must be a standard limit type or fully"
                                + " qualified")),
                new CreateCase(
                        "min over max",
                        new LimitRangeKind(),
                        object(META, "'limits':[{'type':'Pod','min':{'cpu':'2'},'max':{'cpu':'1'}}]"),
                        List.of(
                                "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(CreateCase one) {
        one.check();
    }
}
