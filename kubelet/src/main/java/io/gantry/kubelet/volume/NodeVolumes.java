package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.node.Node;
import io.gantry.kubelet.node.NodeDuty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The node's directory of provisioned volumes: a volume's folder is made when a pod first mounts it, and removed when
/// the Node's annotation names it. The node tells where the directory is, and which folders are gone.
public final class NodeVolumes implements NodeDuty {
    /// On a Node, by its kubelet: where its volumes are.
    public static final String DIRECTORY = "volumes.gantry.io/directory";

    /// On a Node, by the controllers: names of volumes that are to go, with commas between.
    public static final String REMOVE = "volumes.gantry.io/remove";

    /// On a Node, by its kubelet: those of them that are gone.
    public static final String REMOVED = "volumes.gantry.io/removed";

    /// Names of provisioned volumes and nothing else: what the annotation names is deleted.
    private static final Pattern NAME = Pattern.compile("pvc-[0-9a-f-]{8,64}");

    private static final int OPEN_TO_ALL = 0777;

    private final Path directory;

    public NodeVolumes(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /// Makes the folder of a provisioned volume where it is missing; other paths are left alone.
    void prepare(Path path) throws IOException {
        if (directory.equals(path.getParent())
                && NAME.matcher(path.getFileName().toString()).matches()
                && !Files.exists(path)) {
            Files.createDirectories(path);
            FilePermissions.set(path, OPEN_TO_ALL);
        }
    }

    @Override
    public Map<String, String> perform(Node node) throws IOException {
        String wanted = node.metadata().annotations().getOrDefault(REMOVE, "");
        List<String> removed = new ArrayList<>();
        for (String name : wanted.split(",")) {
            if (NAME.matcher(name).matches()) {
                Path folder = directory.resolve(name);
                if (Files.exists(folder)) {
                    AtomicDirectory.delete(folder);
                }
                removed.add(name);
            }
        }
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put(DIRECTORY, directory.toString());
        if (!removed.isEmpty() || node.metadata().annotations().containsKey(REMOVED)) {
            answers.put(REMOVED, String.join(",", removed));
        }
        return answers;
    }
}
