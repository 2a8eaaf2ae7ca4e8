package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.limitrange.LimitRangeKind;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class LimitRangerTest {
    private static final LimitRanger RANGER = new LimitRanger(new FakeObjects()
            .put(
                    LimitRangeKind.KIND,
                    json("{'metadata':{'namespace':'n','name':'l'},'spec':{'limits':["
                            + "{'type':'Container','default':{'cpu':'1'},'defaultRequest':{'cpu':'500m'},"
                            + "'max':{'cpu':'2'},'min':{'cpu':'100m'}},{'type':'Pod','max':{'cpu':'3'}}]}}")));

    record Case(String containers, String answer) {}

    static List<Case> cases() {
        return List.of(
                new Case("[{'name':'c'}]", "{'limits':{'cpu':'1'},'requests':{'cpu':'500m'}}"),
                new Case(
                        "[{'name':'c','resources':{'limits':{'cpu':'4'}}}]",
                        "pods 'p' is forbidden: [maximum cpu usage per Container is 2, but limit is 4, maximum cpu usage"
                                + " per Pod is 3, but limit is 4]"),
                new Case(
                        "[{'name':'c','resources':{'requests':{'cpu':'50m'}}}]",
                        "pods 'p' is forbidden: minimum cpu usage per Container is 100m, but request is 50m"),
                new Case(
                        "[{'name':'a','resources':{'limits':{'cpu':'2'}}},{'name':'b','resources':{'limits':{'cpu':'2'}}}]",
                        "pods 'p' is forbidden: maximum cpu usage per Pod is 3, but limit is 4"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fillsInAndRefuses(Case test) {
        ObjectNode pod = (ObjectNode) Json.MAPPER.readTree(json("{'spec':{'containers':" + test.containers() + "}}"));
        AdmissionAttributes attributes = PodAttributes.of(AdmissionAttributes.Operation.CREATE, "");
        String answer;
        try {
            RANGER.mutate(attributes, pod, Optional.empty());
            RANGER.validate(attributes, pod, Optional.empty());
            answer = pod.at("/spec/containers/0/resources").toString();
        } catch (StatusException e) {
            answer = String.valueOf(e.getMessage());
        }
        assertEquals(json(test.answer()), answer);
    }

    @Test
    void resizesStayWithinTheLimits() {
        ObjectNode pod = (ObjectNode) Json.MAPPER.readTree(json(
                "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'50m'},'limits':{'cpu':'1'}}}]}}"));
        RANGER.validate(PodAttributes.of(AdmissionAttributes.Operation.UPDATE, ""), pod, Optional.of(pod));
        StatusException refused = assertThrows(
                StatusException.class,
                () -> RANGER.validate(
                        PodAttributes.of(AdmissionAttributes.Operation.UPDATE, "resize"), pod, Optional.of(pod)));
        assertEquals(
                json("pods 'p' is forbidden: minimum cpu usage per Container is 100m, but request is 50m"),
                refused.getMessage());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
