package io.gantry.api.storage.v1.volumeattachment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names that upstream makes for volumes of CSI drivers, by which the parts of a cluster find each other's work
/// (`pkg/volume/csi`). Pure.
public final class CsiNames {
    private CsiNames() {}

    /// The VolumeAttachment of a volume on a node.
    public static String attachment(String driver, String handle, String node) {
        return "csi-" + sha256(handle + driver + node);
    }

    /// As a Node's status names a volume in `volumesInUse` and `volumesAttached`.
    public static String unique(String driver, String handle) {
        return "kubernetes.io/csi/" + driver + "^" + handle;
    }

    /// The handle of a volume that lives with a pod.
    public static String inlineHandle(String podUid, String volume) {
        return "csi-" + sha256(podUid + volume);
    }

    /// In hexadecimal.
    public static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
