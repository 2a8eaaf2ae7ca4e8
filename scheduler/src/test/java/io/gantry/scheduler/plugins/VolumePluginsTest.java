package io.gantry.scheduler.plugins;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static io.gantry.scheduler.testing.Objects.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/// NodeVolumeLimits, VolumeRestrictions and VolumeZone.
final class VolumePluginsTest {
    private static final Verdict IN_USE = Verdict.rejected(
            "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod");

    private final FakeCluster cluster = new FakeCluster();

    private static PodInfo using(String name, String claim) {
        return pod(name, "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'" + claim + "'}}]");
    }

    private void claim(String name, String spec) {
        cluster.claims.put(
                name,
                json(
                        PersistentVolumeClaim.class,
                        "{'metadata':{'name':'" + name + "','namespace':'default'},'spec':{" + spec + "}}"));
    }

    private static Preparation.NodeFilter filter(FilterPlugin plugin, PodInfo pod, NodeInfo... nodes) {
        return assertInstanceOf(Preparation.EachNode.class, plugin.prepare(pod, snapshot(nodes)))
                .filter();
    }

    @Test
    void aClaimForOnePodIsUsedByOnePodInTheWholeCluster() {
        claim("data", "'accessModes':['ReadWriteOncePod']");
        PodInfo user = using("user", "data");
        NodeInfo taken = node("a", user);
        NodeInfo free = node("b");
        Preparation.NodeFilter filter = filter(new VolumeRestrictions(cluster), using("p", "data"), taken, free);
        assertEquals(IN_USE, filter.check(taken));
        assertEquals(IN_USE, filter.check(free));
        assertEquals(Verdict.FITS, filter.check(taken.without(user), taken), "after its preemption");
        claim("data", "'accessModes':['ReadWriteOnce']");
        assertEquals(
                Preparation.SKIP, new VolumeRestrictions(cluster).prepare(using("p", "data"), snapshot(taken, free)));
    }

    @Test
    void aDiskIsMountedOnceUnlessReadOnly() {
        String disk = "'volumes':[{'name':'v','gcePersistentDisk':{'pdName':'d','readOnly':RO}}]";
        NodeInfo written = node("a", pod("q", disk.replace("RO", "false")));
        NodeInfo read = node("b", pod("r", disk.replace("RO", "true")));
        Preparation.NodeFilter filter =
                filter(new VolumeRestrictions(cluster), pod("p", disk.replace("RO", "true")), written, read);
        assertEquals(Verdict.rejected("node(s) had no available disk"), filter.check(written));
        assertEquals(Verdict.FITS, filter.check(read));
    }

    @Test
    void aNodeTakesAsManyVolumesAsItsDriverCanHold() {
        for (String name : new String[] {"one", "two"}) {
            claim(name, "'volumeName':'pv-" + name + "'");
            cluster.volumes.put("pv-" + name, csiVolume("pv-" + name, name));
        }
        cluster.csiNodes.put(
                "a",
                json(
                        CSINode.class,
                        "{'metadata':{'name':'a'},'spec':{'drivers':[{'name':'d','nodeID':'a','allocatable':"
                                + "{'count':1}}]}}"));
        NodeInfo full = node("a", using("q", "one"));
        NodeInfo unlimited = node("b", using("r", "one"));
        NodeVolumeLimits plugin = new NodeVolumeLimits(cluster);
        Preparation.NodeFilter another = filter(plugin, using("p", "two"), full, unlimited);
        assertEquals(Verdict.rejected("node(s) exceed max volume count"), another.check(full));
        assertEquals(Verdict.FITS, another.check(unlimited));
        assertEquals(Verdict.FITS, filter(plugin, using("p", "one"), full).check(full), "there already");
        assertEquals(Preparation.SKIP, plugin.prepare(pod("p", ""), snapshot(full)));
        NodeInfo empty = node("a");
        attached("va", "a", "pv-one");
        assertEquals(
                Verdict.rejected("node(s) exceed max volume count"),
                filter(plugin, using("p", "two"), empty).check(empty),
                "attached, though no pod has it");
        assertEquals(
                Verdict.rejected("node(s) exceed max volume count"),
                filter(plugin, using("p", "one"), empty).check(empty),
                "upstream counts it twice");
    }

    @Test
    void whatIsAttachedElsewhereIsNotLookedAt() {
        claim("one", "'volumeName':'pv-one'");
        cluster.volumes.put("pv-one", csiVolume("pv-one", "one"));
        for (String node : List.of("a", "b")) {
            cluster.csiNodes.put(
                    node,
                    json(
                            CSINode.class,
                            "{'metadata':{'name':'" + node + "'},'spec':{'drivers':[{'name':'d','nodeID':'a',"
                                    + "'allocatable':{'count':9}}]}}"));
        }
        for (int i = 0; i < 1_000; i++) {
            attached("far" + i, "node-" + i % 50, "pv-one");
        }
        attached("near", "a", "pv-one");
        Preparation.NodeFilter filter = filter(new NodeVolumeLimits(cluster), using("p", "one"), node("a"), node("b"));
        assertEquals(Verdict.FITS, filter.check(node("a")));
        assertEquals(Verdict.FITS, filter.check(node("b")));
        assertEquals(1, cluster.handed);
    }

    private static PersistentVolume csiVolume(String name, String handle) {
        return json(
                PersistentVolume.class,
                "{'metadata':{'name':'" + name + "'},'spec':{'csi':{'driver':'d','volumeHandle':'" + handle + "'}}}");
    }

    private void attached(String name, String node, String volume) {
        cluster.attachments.add(json(
                VolumeAttachment.class,
                "{'metadata':{'name':'" + name + "'},'spec':{'attacher':'d','nodeName':'" + node
                        + "','source':{'persistentVolumeName':'" + volume + "'}}}"));
    }

    @Test
    void aVolumeOfAZoneIsUsedInIt() {
        claim("data", "'volumeName':'pv'");
        cluster.volumes.put(
                "pv",
                json(
                        PersistentVolume.class,
                        "{'metadata':{'name':'pv','labels':{'topology.kubernetes.io/zone':'z1__z2'}},'spec':{}}"));
        NodeInfo here = node("a", "'topology.kubernetes.io/zone':'z2'", "");
        NodeInfo elsewhere = node("b", "'topology.kubernetes.io/zone':'z3'", "");
        NodeInfo nowhere = node("c");
        Preparation.NodeFilter filter = filter(new VolumeZone(cluster), using("p", "data"), here, elsewhere, nowhere);
        assertEquals(Verdict.FITS, filter.check(here));
        assertEquals(Verdict.unresolvable("node(s) had no available volume zone"), filter.check(elsewhere));
        assertEquals(Verdict.FITS, filter.check(nowhere));
    }
}
