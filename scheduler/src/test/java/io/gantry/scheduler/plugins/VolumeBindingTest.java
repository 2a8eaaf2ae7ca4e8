package io.gantry.scheduler.plugins;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static io.gantry.scheduler.testing.Objects.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VolumeBindingTest {
    private final FakeCluster cluster = new FakeCluster();
    private final VolumeBinding plugin = new VolumeBinding(cluster, cluster, VolumeBindingArgs.DEFAULT);
    private final PodInfo pod = pod("p", "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'data'}}]");
    private final NodeInfo here = node("a", "'zone':'1'", "");
    private final NodeInfo elsewhere = node("b", "'zone':'2'", "");

    @Test
    void missingClaimRejectsAllNodes() {
        assertEquals(
                new Preparation.RejectAll("persistentvolumeclaim \"data\" not found"),
                plugin.prepare(pod, snapshot(here)));
    }

    @Test
    void unboundImmediateClaimRejectsAllNodes() {
        claim("");
        assertEquals(
                new Preparation.RejectAll("pod has unbound immediate PersistentVolumeClaims"),
                plugin.prepare(pod, snapshot(here)));
    }

    @Test
    void boundVolumeMustBeReachable() {
        claim("'volumeName':'pv'");
        volume("pv", "1Gi", "");
        assertEquals(Verdict.FITS, check(here));
        assertEquals(Verdict.unresolvable("node(s) didn't match PersistentVolume's node affinity"), check(elsewhere));
    }

    @Test
    void provisionsOnTheChosenNode() throws InterruptedException {
        claim("'storageClassName':'local'");
        storageClass("gantry.io/local-path");
        cluster.nodes.put("b", elsewhere.node());
        assertEquals(Verdict.FITS, check(elsewhere));
        plugin.preBind(pod, "b");
        assertEquals(List.of("provision data on b", "await 1"), cluster.calls);
    }

    @Test
    void anOldAnnotationNamesTheClass() throws InterruptedException {
        cluster.claims.put("data", json(PersistentVolumeClaim.class, """
            {'metadata':{'name':'data','namespace':'default',
            'annotations':{'volume.beta.kubernetes.io/storage-class':'local'}},'spec':{}}\
            """));
        storageClass("gantry.io/local-path");
        cluster.nodes.put("b", elsewhere.node());
        assertEquals(Verdict.FITS, check(elsewhere));
        plugin.preBind(pod, "b");
        assertEquals(List.of("provision data on b", "await 1"), cluster.calls);
    }

    @Test
    void takesTheSmallestExistingVolume() throws InterruptedException {
        claim("'storageClassName':'local','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}");
        storageClass("kubernetes.io/no-provisioner");
        volume("small", "500Mi", "'storageClassName':'local',");
        volume("large", "5Gi", "'storageClassName':'local',");
        volume("right", "2Gi", "'storageClassName':'local',");
        cluster.nodes.put("a", here.node());
        assertEquals(
                Verdict.unresolvable("node(s) didn't find available persistent volumes to bind"), check(elsewhere));
        plugin.preBind(pod, "a");
        assertEquals(List.of("reserve right for data", "await 1"), cluster.calls);
    }

    @Test
    void aDriverThatTellsHowMuchItHasMustHaveEnoughForTheNode() {
        claim("'storageClassName':'local','resources':{'requests':{'storage':'2Gi'}}");
        storageClass("room.csi");
        assertEquals(Verdict.FITS, check(here), "not a driver");
        driver("");
        assertEquals(Verdict.FITS, check(here), "does not tell");
        driver("'storageCapacity':true");
        Verdict full = Verdict.unresolvable("node(s) did not have enough free storage");
        assertEquals(full, check(here), "has told nothing");
        capacity("other", "1", "'capacity':'9Gi'");
        capacity("local", "1", "'capacity':'1Gi'");
        capacity("local", "1", "'capacity':'9Gi','maximumVolumeSize':'1Gi'");
        assertEquals(full, check(here));
        capacity("local", "1", "'capacity':'2Gi'");
        assertEquals(Verdict.FITS, check(here));
        assertEquals(full, check(elsewhere));
        claim("'storageClassName':'local'");
        assertEquals(Verdict.FITS, check(elsewhere), "asks for nothing");
    }

    @Test
    void volumesAndCapacitiesAreLookedAtOnceForAPod() {
        claim("'storageClassName':'local','accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}");
        storageClass("room.csi");
        driver("'storageCapacity':true");
        for (int i = 0; i < 500; i++) {
            volume("far" + i, "5Gi", "'storageClassName':'other',");
            capacity("other", "1", "'capacity':'9Gi'");
        }
        volume("small", "1Gi", "'storageClassName':'local',");
        capacity("local", "1", "'capacity':'2Gi'");
        Preparation.NodeFilter filter = assertInstanceOf(
                        Preparation.EachNode.class, plugin.prepare(pod, snapshot(here, elsewhere)))
                .filter();
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.FITS, filter.check(here));
        }
        assertEquals(2, cluster.handed);
    }

    @Test
    void aClassMayHaveVolumesForSomeNodesOnly() {
        claim("'storageClassName':'local'");
        cluster.classes.put(
                "local",
                json(
                        StorageClass.class,
                        "{'metadata':{'name':'local'},'provisioner':'x','volumeBindingMode':'WaitForFirstConsumer',"
                                + "'allowedTopologies':[{'matchLabelExpressions':[{'key':'zone','values':['2']}]}]}"));
        assertEquals(Verdict.FITS, check(elsewhere));
        assertEquals(Verdict.unresolvable("node(s) didn't find available persistent volumes to bind"), check(here));
    }

    private void driver(String spec) {
        cluster.csiDrivers.put(
                "room.csi", json(CSIDriver.class, "{'metadata':{'name':'room.csi'},'spec':{" + spec + "}}"));
    }

    private void capacity(String storageClass, String zone, String amounts) {
        cluster.capacities.add(json(
                CSIStorageCapacity.class,
                "{'metadata':{'name':'c'},'storageClassName':'" + storageClass
                        + "','nodeTopology':{'matchLabels':{'zone':'" + zone + "'}}," + amounts + "}"));
    }

    private Verdict check(NodeInfo node) {
        return assertInstanceOf(Preparation.EachNode.class, plugin.prepare(pod, snapshot(here, elsewhere)))
                .filter()
                .check(node);
    }

    private void claim(String spec) {
        String bound = spec.contains("volumeName") ? "'pv.kubernetes.io/bind-completed':'yes'" : "";
        cluster.claims.put(
                "data",
                json(
                        PersistentVolumeClaim.class,
                        "{'metadata':{'name':'data','namespace':'default','annotations':{" + bound + "}},'spec':{"
                                + spec + "}}"));
    }

    private void volume(String name, String size, String spec) {
        cluster.volumes.put(
                name,
                json(
                        PersistentVolume.class,
                        "{'metadata':{'name':'" + name + "'},'spec':{" + spec + "'capacity':{'storage':'" + size
                                + "'},'accessModes':['ReadWriteOnce'],'nodeAffinity':{'required':{'nodeSelectorTerms':["
                                + "{'matchExpressions':[{'key':'zone','operator':'In','values':['1']}]}]}}}}"));
    }

    private void storageClass(String provisioner) {
        cluster.classes.put(
                "local",
                json(
                        StorageClass.class,
                        "{'metadata':{'name':'local'},'provisioner':'" + provisioner
                                + "','volumeBindingMode':'WaitForFirstConsumer'}"));
    }
}
