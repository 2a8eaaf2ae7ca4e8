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

/// Changes of pods that need features of their nodes.
final class NodeDeclaredFeatureValidatorTest {
    private static final String RESOURCES = "'resources':{'requests':{'cpu':'%s'}}";
    private static final String WHOLE = "'nodeName':'%s'," + RESOURCES;
    private static final String INIT = "'nodeName':'%s','initContainers':[{'name':'i'," + RESOURCES + "}]";
    private static final String SIDECAR =
            "'nodeName':'%s','initContainers':[{'name':'i','restartPolicy':'Always'," + RESOURCES + "}]";
    private static final String PLAIN = "'nodeName':'%s','containers':[{'name':'c'," + RESOURCES + "}]";
    private static final String REFUSED =
            "pods \"p\" is forbidden: pod update requires features %s which are not" + " available on node \"old\"";

    private static final NodeDeclaredFeatureValidator PLUGIN = new NodeDeclaredFeatureValidator(new FakeObjects()
            .put(NodeKind.KIND, "{\"metadata\":{\"name\":\"old\"}}")
            .put(
                    NodeKind.KIND,
                    "{\"metadata\":{\"name\":\"new\"},\"status\":{\"declaredFeatures\":["
                            + "\"InPlacePodLevelResourcesVerticalScaling\","
                            + "\"InPlacePodVerticalScalingInitContainers\"]}}"));

    record Case(String subresource, String spec, String node, String cpu, String answer) {}

    static List<Case> cases() {
        return List.of(
                new Case("resize", WHOLE, "new", "2", ""),
                new Case("resize", INIT, "new", "2", ""),
                new Case("resize", PLAIN, "old", "2", ""),
                new Case("resize", SIDECAR, "old", "2", ""),
                new Case("resize", WHOLE, "", "2", ""),
                new Case("resize", WHOLE, "old", "1", ""),
                new Case("status", WHOLE, "old", "2", ""),
                new Case("resize", WHOLE, "old", "2", REFUSED.formatted("InPlacePodLevelResourcesVerticalScaling")),
                new Case("", INIT, "old", "2", REFUSED.formatted("InPlacePodVerticalScalingInitContainers")),
                new Case("resize", WHOLE, "gone", "2", "pods \"p\" is forbidden: node \"gone\" not found"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNodeMustDeclareWhatAChangeNeeds(Case test) {
        String answer = "";
        try {
            PLUGIN.validate(
                    PodAttributes.update(test.subresource()),
                    pod(test.spec().formatted(test.node(), test.cpu())),
                    Optional.of(pod(test.spec().formatted(test.node(), "1"))));
        } catch (StatusException e) {
            answer = e.status().message();
        }
        assertEquals(test.answer(), answer);
    }

    private static ObjectNode pod(String spec) {
        return (ObjectNode) Json.MAPPER.readTree(("{'spec':{" + spec + "}}").replace('\'', '"'));
    }
}
