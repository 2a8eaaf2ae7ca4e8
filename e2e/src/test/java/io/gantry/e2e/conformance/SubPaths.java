package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Sub paths that come from the environment.
final class SubPaths implements Scenario {
    private static final String VOLUME = "'volumes':[{'name':'v','emptyDir':{}}],'containers':[";

    @Override
    public void start(Scene scene) {
        scene.create(List.of(
                expanding("absolute", "'value':'/tmp'", "$(SUB)"),
                expanding("backticks", "'value':'..'", "$(SUB)"),
                Scene.pod(
                        "writes",
                        "'annotations':{'mysubpath':'mypath'}",
                        VOLUME + Scene.shell("c", "sleep 600", env("mysubpath") + "," + mounts("$(SUB)/$(POD)")) + "]"),
                Scene.pod(
                        "mends",
                        "'annotations':{'notmysubpath':'mypath'}",
                        VOLUME
                                + Scene.shell("c", "sleep 600", env("mysubpath") + "," + mounts("$(SUB)/$(POD)"))
                                + "]")));
    }

    private static String expanding(String name, String value, String expression) {
        return Scene.pod(
                name,
                "",
                VOLUME
                        + Scene.shell("c", "sleep 600", "'env':[{'name':'SUB'," + value + "}]," + mounts(expression))
                        + "]");
    }

    private static String env(String annotation) {
        return "'env':[{'name':'POD','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},"
                + "{'name':'SUB','valueFrom':{'fieldRef':{'fieldPath':'metadata.annotations[\\u0027" + annotation
                + "\\u0027]'}}}]";
    }

    private static String mounts(String expression) {
        return "'volumeMounts':[{'name':'v','mountPath':'/sub','subPathExpr':'" + expression
                + "'},{'name':'v','mountPath':'/all'}]";
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("VolumeSubpathEnvExpansion, subpath with absolute path", () -> fails(scene, "absolute")),
                dynamicTest("VolumeSubpathEnvExpansion, subpath with backticks", () -> fails(scene, "backticks")),
                dynamicTest("VolumeSubpathEnvExpansion, subpath test writes", () -> writes(scene)),
                dynamicTest("VolumeSubpathEnvExpansion, subpath ready from failed state", () -> mends(scene)));
    }

    private static void fails(Scene scene, String pod) {
        scene.expect(pod, ".status.containerStatuses[0].state.waiting.reason", "CreateContainerConfigError");
        scene.awaitPart(
                pod,
                () -> scene.must("get", "events", "--field-selector=involvedObject.name=" + pod),
                "failed to prepare subPath for volumeMount");
        assertEquals("Pending", scene.field(pod, ".status.phase"));
    }

    private static void writes(Scene scene) {
        scene.awaitRunning("writes");
        scene.exec("writes", "echo content > /sub/test.log");
        assertEquals("content", scene.exec("writes", "cat /all/mypath/writes/test.log"));
        scene.must("annotate", "pod", "writes", "--overwrite", "mysubpath=mynewpath");
        assertEquals("content", scene.exec("writes", "cat /sub/test.log && [ ! -e /all/mynewpath ]"));
    }

    /// Without the annotation the path would be absolute; the pod starts once the annotation is there.
    private static void mends(Scene scene) {
        scene.expect("mends", ".status.containerStatuses[0].state.waiting.reason", "CreateContainerConfigError");
        scene.must("annotate", "pod", "mends", "mysubpath=mypath");
        scene.awaitRunning("mends");
        assertEquals("mypath", scene.exec("mends", "ls /all"));
    }
}
