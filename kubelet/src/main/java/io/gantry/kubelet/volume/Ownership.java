package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A volume's files for the pod's `fsGroup` (upstream `pkg/volume/volume_linux.go`): owned by the group, readable and
/// writable for it, folders with the set-group bit.
public final class Ownership {
    private static final int GROUP_READ_WRITE = 0060;
    private static final int GROUP_READ = 0040;
    private static final int FOLDER = 02010;

    private final long group;
    private final boolean onRootMismatch;

    private Ownership(long group, boolean onRootMismatch) {
        this.group = group;
        this.onRootMismatch = onRootMismatch;
    }

    public static Ownership of(Pod pod) {
        PodSecurityContext context = pod.spec().securityContext();
        Long group = context == null ? null : context.fsGroup();
        boolean mismatch = context != null && "OnRootMismatch".equals(context.fsGroupChangePolicy());
        return new Ownership(group == null ? -1 : group, mismatch);
    }

    public boolean isSet() {
        return group >= 0;
    }

    public long group() {
        return group;
    }

    /// Applies to everything in the folder.
    public void apply(Path root, boolean readOnly) throws IOException {
        if (group < 0 || (onRootMismatch && matches(root))) {
            return;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.toList()) {
                if (Files.isSymbolicLink(path)) {
                    Files.setAttribute(path, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
                    continue;
                }
                Files.setAttribute(path, "unix:gid", (int) group);
                int add = readOnly ? GROUP_READ : GROUP_READ_WRITE;
                add |= Files.isDirectory(path) ? FOLDER : 0;
                FilePermissions.set(path, FilePermissions.get(path) | add);
            }
        }
    }

    private boolean matches(Path root) throws IOException {
        int gid = (int) Files.getAttribute(root, "unix:gid");
        return gid == (int) group && (FilePermissions.get(root) & FOLDER) == FOLDER;
    }
}
