package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeVolumesTest {
    private static final String NAME = "pvc-0123abcd-0000-4000-8000-000000000001";

    @TempDir
    private Path root;

    private static Node node(Map<String, String> annotations) {
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("n")
                        .annotations(annotations)
                        .build())
                .build();
    }

    @Test
    void aFolderIsMadeForAProvisionedVolumeOnly() throws IOException {
        NodeVolumes volumes = new NodeVolumes(root.resolve("volumes"));
        volumes.prepare(root.resolve("volumes").resolve(NAME));
        volumes.prepare(root.resolve("volumes/other"));
        volumes.prepare(root.resolve(NAME));
        assertTrue(Files.isDirectory(root.resolve("volumes").resolve(NAME)));
        assertFalse(Files.exists(root.resolve("volumes/other")));
        assertFalse(Files.exists(root.resolve(NAME)));
    }

    @Test
    void whatTheNodeNamesIsRemovedWithItsContentAndNothingElse() throws IOException {
        NodeVolumes volumes = new NodeVolumes(root.resolve("volumes"));
        Path folder = root.resolve("volumes").resolve(NAME);
        volumes.prepare(folder);
        Files.writeString(folder.resolve("data"), "x");
        Files.writeString(root.resolve("precious"), "x");
        Map<String, String> answers =
                volumes.perform(node(Map.of(NodeVolumes.REMOVE, NAME + ",../precious,pvc-/../../precious")));
        assertFalse(Files.exists(folder));
        assertTrue(Files.exists(root.resolve("precious")));
        assertEquals(NAME, answers.get(NodeVolumes.REMOVED));
        assertEquals(root.resolve("volumes").toString(), answers.get(NodeVolumes.DIRECTORY));
    }

    @Test
    void anOldAnswerIsTakenBack() throws IOException {
        Map<String, String> answers = new NodeVolumes(root).perform(node(Map.of(NodeVolumes.REMOVED, NAME)));
        assertEquals("", answers.get(NodeVolumes.REMOVED));
    }
}
