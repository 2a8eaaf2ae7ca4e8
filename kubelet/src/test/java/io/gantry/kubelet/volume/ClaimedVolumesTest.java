package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.spec.SpecFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimedVolumesTest {
    @TempDir
    private Path root;

    private final List<String> mounted = new ArrayList<>();

    /// Files whose name is `device` are devices.
    private final BlockDevices devices = new BlockDevices() {
        @Override
        public boolean isDevice(Path path) {
            return path.endsWith("device");
        }

        @Override
        public void mount(Mount mount) throws IOException {
            Files.createDirectories(mount.target());
            mounted.add(mount.fileSystem() + " " + mount.options() + " " + (mount.readOnly() ? "ro" : "rw") + " "
                    + root.relativize(mount.target()));
        }
    };

    private ClaimedVolumes volumes(String spec) {
        PersistentVolume volume = json(
                "{'metadata':{'name':'pv'},'spec':" + spec.replace("ROOT", root.toString()) + "}",
                PersistentVolume.class);
        PersistentVolumeClaim claim =
                json("{'spec':{'volumeName':'pv'},'status':{'phase':'Bound'}}", PersistentVolumeClaim.class);
        return new ClaimedVolumes(
                new ClaimedVolumes.Claims((namespace, name) -> Optional.of(claim), name -> Optional.of(volume)),
                new PodDirectories(root),
                new NodeVolumes(root.resolve("provisioned")),
                devices,
                (pod, pv, pvc, readOnly) -> root.resolve("csi"));
    }

    private static <T> T json(String text, Class<T> type) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    private static ClaimedVolumes.Wanted wanted(String uid, String uses, String security, boolean readOnly) {
        Pod pod = json(
                "{'metadata':{'name':'p','namespace':'default','uid':'" + uid + "'},'spec':{'securityContext':{"
                        + security + "},'containers':[{'name':'c','" + uses + "':[{'name':'v'}]}]}}",
                Pod.class);
        return new ClaimedVolumes.Wanted(pod, "v", "claim", readOnly);
    }

    private Path file(String name) throws IOException {
        return Files.createFile(root.resolve(name));
    }

    @Test
    void aBlockVolumeIsItsDevice() throws Exception {
        Path device = file("device");
        Path link = Files.createSymbolicLink(
                Files.createDirectory(root.resolve("by-id")).resolve("device"), device);
        ClaimedVolumes volumes = volumes("{'volumeMode':'Block','local':{'path':'" + link + "'}}");
        assertEquals(device.toRealPath(), volumes.setUp(wanted("u", "volumeDevices", "", false)));
        assertEquals(List.of(), mounted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Block|volumeMounts|volume v has volumeMode Block, but is specified in volumeMounts",
                "Filesystem|volumeDevices|volume v has volumeMode Filesystem, but is specified in volumeDevices"
            })
    void aVolumeIsUsedByItsMode(String mode, String uses, String why) throws IOException {
        file("device");
        ClaimedVolumes volumes = volumes("{'volumeMode':'" + mode + "','local':{'path':'ROOT/device'}}");
        SpecFailure refused = assertThrows(SpecFailure.class, () -> volumes.setUp(wanted("u", uses, "", false)));
        assertEquals(why, refused.text());
    }

    @Test
    void aDeviceWithFilesIsMountedForEachPod() throws Exception {
        file("device");
        ClaimedVolumes volumes = volumes("{'local':{'path':'ROOT/device','fsType':'ext3'},'mountOptions':['noatime']}");
        Path path = volumes.setUp(wanted("a", "volumeMounts", "", false));
        assertEquals(root.resolve("pods/a/volumes/kubernetes.io~local-volume/pv"), path);
        volumes.setUp(wanted("b", "volumeMounts", "", true));
        assertEquals(
                List.of(
                        "ext3 [noatime] rw pods/a/volumes/kubernetes.io~local-volume/pv",
                        "ext3 [noatime] ro pods/b/volumes/kubernetes.io~local-volume/pv"),
                mounted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'path':'ROOT/device'}", "{'path':'ROOT/device','fsType':''}"})
    void aFileSystemOfNoNameIsExt4(String local) throws Exception {
        file("device");
        volumes("{'local':" + local + "}").setUp(wanted("a", "volumeMounts", "", false));
        assertEquals(List.of("ext4 [] rw pods/a/volumes/kubernetes.io~local-volume/pv"), mounted);
    }

    @Test
    void theFirstPodGivesALocalVolumeItsGroup() throws Exception {
        Path folder = Files.createDirectory(root.resolve("folder"));
        Object own = Files.getAttribute(folder, "unix:gid");
        ClaimedVolumes volumes = volumes("{'local':{'path':'ROOT/folder'}}");
        volumes.setUp(wanted("a", "volumeMounts", "'fsGroup':" + own, false));
        FilePermissions.set(folder, 0700);
        volumes.setUp(wanted("b", "volumeMounts", "'fsGroup':" + own, false));
        assertEquals(0700, FilePermissions.get(folder) & 0777);
        volumes.release("a");
        volumes.release("b");
        volumes.setUp(wanted("c", "volumeMounts", "'fsGroup':" + own, false));
        assertEquals(0770, FilePermissions.get(folder) & 0777);
    }

    @Test
    void aHostPathKeepsItsGroup() throws Exception {
        Path folder = Files.createDirectory(root.resolve("folder"));
        FilePermissions.set(folder, 0700);
        ClaimedVolumes volumes = volumes("{'hostPath':{'path':'ROOT/folder'}}");
        volumes.setUp(wanted("a", "volumeMounts", "'fsGroup':" + Files.getAttribute(folder, "unix:gid"), false));
        assertEquals(0700, FilePermissions.get(folder) & 0777);
    }
}
