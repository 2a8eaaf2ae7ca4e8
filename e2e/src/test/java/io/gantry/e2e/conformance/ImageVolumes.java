package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gantry.e2e.cluster.TestCluster;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Volumes that are images (a pull of one from a registry is `JoinTest`'s).
final class ImageVolumes implements Scenario {
    private static final String PRESENT = "'image':{'reference':'" + TestCluster.BUSYBOX + "'}";
    private static final String ABSENT = "'image':{'reference':'localhost/invalid:1'}";

    @Override
    public void start(Scene scene) {
        String two = "'volumeMounts':[{'name':'a','mountPath':'/a'},{'name':'b','mountPath':'/b'},"
                + "{'name':'b','mountPath':'/sub','subPath':'bin'}]";
        String one = "'volumeMounts':[{'name':'a','mountPath':'/a'}]";
        scene.create(List.of(
                pod("images", PRESENT, PRESENT, two),
                pod("images-too", PRESENT, PRESENT, one),
                pod("image-absent", ABSENT, PRESENT, one),
                pod("image-unused", PRESENT, ABSENT, one)));
    }

    private static String pod(String name, String a, String b, String mounts) {
        return Scene.pod(
                name,
                "",
                "'volumes':[{'name':'a'," + a + "},{'name':'b'," + b + "}],'containers':["
                        + Scene.shell("c", "sleep 600", mounts) + "]");
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("image volumes, several and a sub path", () -> several(scene)),
                dynamicTest("image volumes, the same image in two pods", () -> twoPods(scene)),
                dynamicTest(
                        "image volumes, no such image",
                        () -> scene.expect(
                                "image-absent",
                                ".status.containerStatuses[0].state.waiting.reason",
                                "ImagePullBackOff")),
                dynamicTest("image volumes, no such image and no use of it", () -> scene.awaitRunning("image-unused")));
    }

    private static void several(Scene scene) {
        scene.awaitRunning("images");
        assertEquals(
                "same",
                scene.exec(
                        "images", "cmp /bin/busybox /a/bin/busybox && cmp /a/bin/busybox /sub/busybox && echo same"));
        String written = scene.refused("", "exec", "images", "--", "touch", "/b/file");
        assertTrue(written.contains("Read-only file system"), written);
        assertEquals("IfNotPresent", scene.field("images", ".spec.volumes[0].image.pullPolicy"));
    }

    /// The files stay when another pod of the same image goes.
    private static void twoPods(Scene scene) {
        scene.awaitRunning("images-too");
        scene.must("delete", "pod", "images");
        assertEquals("yes", scene.exec("images-too", "[ -x /a/bin/busybox ] && echo yes"));
    }
}
