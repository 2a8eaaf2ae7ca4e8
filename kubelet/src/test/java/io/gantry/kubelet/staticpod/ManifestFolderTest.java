package io.gantry.kubelet.staticpod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.pod.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pods from files: they come, change and go with them.
class ManifestFolderTest {
    private static final String MANIFEST =
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: c\n    image: x:1\n";

    @TempDir
    private Path folder;

    private final List<String> seen = new ArrayList<>();

    private ManifestFolder manifests() {
        return new ManifestFolder(folder.resolve("manifests"), "n1", new ManifestFolder.Listener() {
            @Override
            public void added(Pod pod) {
                seen.add("+" + pod.metadata().name());
            }

            @Override
            public void removed(Pod pod) {
                seen.add("-" + pod.metadata().name());
            }
        });
    }

    @Test
    void podsComeChangeAndGoWithTheirFiles() throws IOException {
        ManifestFolder manifests = manifests();
        manifests.scan();
        Path file = Files.createDirectories(folder.resolve("manifests")).resolve("web.yaml");
        Files.writeString(file, MANIFEST);
        manifests.scan();
        manifests.scan();
        Files.writeString(file, MANIFEST.replace("x:1", "x:2"));
        manifests.scan();
        Files.writeString(file, "no pod");
        manifests.scan();
        Files.delete(file);
        manifests.scan();
        assertEquals(List.of("+web-n1", "-web-n1", "+web-n1", "-web-n1"), seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serviceAccountName: robot | serviceaccounts",
                "imagePullSecrets: [{name: key}] | secrets",
                "resourceClaims: [{name: c}] | resourceclaims",
                "volumes: [{name: v, configMap: {name: m}}] | configmaps (via configmap volumes)",
                "volumes: [{name: v, secret: {secretName: s}}] | secrets (via secret volumes)",
                "volumes: [{name: v, persistentVolumeClaim: {claimName: c}}] | persistentvolumeclaims",
                "volumes: [{name: v, csi: {driver: d}}] | csidrivers (via CSI volumes)",
                "volumes: [{name: v, projected: {sources: [{secret: {name: s}}]}}] | secrets (via projected volumes)",
                "volumes: [{name: v, projected: {sources: [{downwardAPI: {}}]}}] | ''",
                "volumes: [{name: v, emptyDir: {}}, {name: h, hostPath: {path: /etc}}] | ''",
                "initContainers: [{name: i, image: x, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}] | secrets",
                "initContainers: [{name: i, image: x, envFrom: [{configMapRef: {name: m}}]}] | configmaps",
            })
    void whatAStaticPodMayNotWant(String more, String resource) {
        byte[] manifest = (MANIFEST + "  " + more + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (resource.isEmpty()) {
            assertEquals(
                    "web-n1",
                    StaticPods.of(manifest, "web.yaml", "n1").metadata().name());
            return;
        }
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> StaticPods.of(manifest, "web.yaml", "n1"));
        assertEquals("static pods may not reference " + resource, refused.getMessage());
    }

    @Test
    void aMirrorShowsThePodOfTheFile() {
        Pod pod = StaticPods.of(MANIFEST.getBytes(java.nio.charset.StandardCharsets.UTF_8), "web.yaml", "n1");
        assertEquals("default", pod.metadata().namespace());
        assertEquals("n1", pod.spec().nodeName());
        assertEquals("Always", pod.spec().restartPolicy());
        assertTrue(StaticPods.isStatic(pod));
        Pod mirror = StaticPods.mirror(pod, "node-uid");
        assertFalse(StaticPods.isStatic(mirror));
        assertTrue(StaticPods.isMirror(mirror));
        assertEquals(StaticPods.hash(pod), StaticPods.hash(mirror));
        assertEquals("node-uid", mirror.metadata().ownerReferences().getFirst().uid());
        Pod other = StaticPods.of(
                MANIFEST.replace("x:1", "x:2").getBytes(java.nio.charset.StandardCharsets.UTF_8), "web.yaml", "n1");
        assertNotEquals(pod.metadata().uid(), other.metadata().uid());
    }
}
