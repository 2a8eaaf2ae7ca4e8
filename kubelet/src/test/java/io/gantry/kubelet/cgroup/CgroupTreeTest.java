package io.gantry.kubelet.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CgroupTreeTest {
    private static final String LIMITED =
            "{'resources':{'requests':{'cpu':'250m'},'limits':{'cpu':'500m','memory':'1Ki'}}}";

    record Case(String name, String spec, CgroupTree.Limits limits) {}

    static List<Case> cases() {
        return List.of(
                new Case(
                        "each container is limited",
                        "'containers':[" + LIMITED + "," + LIMITED + "]",
                        new CgroupTree.Limits(512, 100_000, 2048)),
                new Case("one container is not", "'containers':[" + LIMITED + ",{}]", new CgroupTree.Limits(256, 0, 0)),
                new Case(
                        "the pod is as a whole",
                        "'resources':{'requests':{'cpu':'1'},'limits':{'cpu':'2','memory':'4Ki'}},'containers':["
                                + LIMITED + ",{}]",
                        new CgroupTree.Limits(1024, 200_000, 4096)),
                new Case(
                        "with overhead",
                        "'overhead':{'cpu':'1','memory':'1Ki'},'resources':{'limits':{'memory':'4Ki'}},'containers':[{}]",
                        new CgroupTree.Limits(1024, 0, 5120)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void limitsOfAPodsCgroup(Case it) {
        Pod pod = Json.MAPPER.readValue(("{'spec':{" + it.spec() + "}}").replace('\'', '"'), Pod.class);
        assertEquals(it.limits(), CgroupTree.limits(pod));
    }
}
