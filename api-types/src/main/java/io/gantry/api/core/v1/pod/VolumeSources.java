package io.gantry.api.core.v1.pod;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which sources of a volume are set.
final class VolumeSources {
    private VolumeSources() {}

    /// The field names that are set, in declared order.
    static List<String> of(Volume volume) {
        Sources sources = new Sources(new ArrayList<>());
        sources.add("emptyDir", volume.emptyDir())
                .add("hostPath", volume.hostPath())
                .add("gitRepo", volume.gitRepo())
                .add("gcePersistentDisk", volume.gcePersistentDisk())
                .add("awsElasticBlockStore", volume.awsElasticBlockStore())
                .add("secret", volume.secret())
                .add("nfs", volume.nfs())
                .add("iscsi", volume.iscsi())
                .add("glusterfs", volume.glusterfs())
                .add("flocker", volume.flocker())
                .add("persistentVolumeClaim", volume.persistentVolumeClaim())
                .add("rbd", volume.rbd())
                .add("cinder", volume.cinder())
                .add("cephfs", volume.cephfs())
                .add("quobyte", volume.quobyte())
                .add("downwardAPI", volume.downwardAPI())
                .add("fc", volume.fc())
                .add("flexVolume", volume.flexVolume())
                .add("configMap", volume.configMap())
                .add("azureFile", volume.azureFile())
                .add("vsphereVolume", volume.vsphereVolume())
                .add("photonPersistentDisk", volume.photonPersistentDisk())
                .add("portworxVolume", volume.portworxVolume())
                .add("azureDisk", volume.azureDisk())
                .add("storageos", volume.storageos())
                .add("projected", volume.projected())
                .add("scaleIO", volume.scaleIO())
                .add("csi", volume.csi())
                .add("ephemeral", volume.ephemeral())
                .add("image", volume.image());
        return sources.names;
    }

    private record Sources(List<String> names) {
        Sources add(String name, @Nullable Object source) {
            if (source != null) {
                names.add(name);
            }
            return this;
        }
    }
}
