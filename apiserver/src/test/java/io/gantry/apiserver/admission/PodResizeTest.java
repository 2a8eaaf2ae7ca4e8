package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What a pod on a node may ask for when it is resized.
final class PodResizeTest {
    private static final String POD =
            "{'spec':{'nodeName':'%s','containers':[{'name':'c','resources':{'requests':{'cpu':'%s'}}}]}}";
    private static final PodResize PLUGIN = new PodResize(new FakeObjects()
            .put(NodeKind.KIND, "{\"metadata\":{\"name\":\"small\"},\"status\":{\"allocatable\":{\"cpu\":\"2\"}}}")
            .put(NodeKind.KIND, "{\"metadata\":{\"name\":\"other\",\"labels\":{\"kubernetes.io/os\":\"windows\"}}}"));

    record Case(String subresource, String node, String cpu, String answer) {}

    static List<Case> cases() {
        return List.of(
                new Case("resize", "small", "2", ""),
                new Case("", "small", "4", ""),
                new Case("resize", "", "4", ""),
                new Case(
                        "resize",
                        "small",
                        "4",
                        "pods \"p\" is forbidden: node didn't have enough allocatable resources: cpu, requested: 4000,"
                                + " allocatable: 2000 NodeCapacity"),
                new Case(
                        "resize",
                        "other",
                        "1",
                        "pods \"p\" is forbidden: pod resize is only supported on linux nodes, node \"other\" is"
                                + " \"windows\" UnsupportedPlatform"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noMoreThanTheNodeHas(Case test) {
        String answer = "";
        try {
            PLUGIN.validate(
                    PodAttributes.update(test.subresource()),
                    tree(POD.formatted(test.node(), test.cpu())),
                    Optional.of(tree(POD.formatted(test.node(), "100m"))));
        } catch (StatusException e) {
            answer = e.status().message() + " "
                    + e.status().details().causes().getFirst().reason();
        }
        assertEquals(test.answer(), answer);
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json.replace('\'', '"'));
    }
}
