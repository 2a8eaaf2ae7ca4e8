package io.gantry.kubelet.csi;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.PodDirectories;
import io.gantry.kubelet.volume.ServiceAccountTokens;
import io.gantry.kubelet.volume.VolumeFailure;
import io.gantry.kubelet.volume.VolumeRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The volumes that pods of this node have of CSI drivers, from the claim to the mount and back. Blocks. Thread-safe;
/// calls for one pod must not overlap.
public final class CsiVolumes {
    private static final Logger LOG = LoggerFactory.getLogger(CsiVolumes.class);
    private static final int LOCKS = 16;

    private final CsiCluster cluster;
    private final CsiDrivers drivers;
    private final ServiceAccountTokens tokens;
    private final HeldVolumes held;
    private final CsiMounter mounter;
    private final CsiUnmounter unmounter;
    private final Attachments attachments;
    private final CsiExpansion expansion;
    private final CsiPaths paths;
    private final CsiRoom room;
    private final Watcher watcher;

    /// One of them for each volume, so that a volume is not staged and unstaged at once.
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    public CsiVolumes(
            PodDirectories directories,
            String nodeName,
            CsiDrivers drivers,
            Parts parts,
            ServiceAccountTokens tokens,
            Watcher watcher)
            throws IOException {
        this.paths = new CsiPaths(directories);
        MountInputs inputs = new MountInputs(parts.cluster(), tokens);
        this.cluster = parts.csi();
        this.drivers = drivers;
        this.tokens = tokens;
        paths.make();
        this.held = HeldVolumes.found(paths);
        this.unmounter = new CsiUnmounter(paths, drivers::client);
        this.room = new CsiRoom(paths, held, drivers::client, Clock.systemUTC());
        this.mounter = new CsiMounter(paths, inputs, unmounter, nodeName);
        this.attachments = new Attachments(parts.csi(), nodeName);
        this.expansion = new CsiExpansion(paths, inputs, parts.csi(), parts.events(), Clock.systemUTC());
        this.watcher = watcher;
    }

    /// Who is told of volumes. Must not block.
    public interface Watcher {
        /// [#inUse()] says something else.
        void inUseChanged();

        /// A volume could not be unstaged: [#releaseForgotten()] is to be tried later.
        void leftStaged();
    }

    /// The cluster, as far as volumes need it.
    public record Parts(Cluster cluster, CsiCluster csi, PodEvents events) {}

    /// Has the volume of a claim mounted for the pod; returns where it is: a folder or a device.
    ///
    /// @throws io.gantry.kubelet.volume.VolumeNotReady while it is being attached
    public Path setUp(Pod pod, PersistentVolume volume, PersistentVolumeClaim claim, boolean readOnly)
            throws VolumeFailure {
        CsiVolume wanted = CsiVolume.of(volume, readOnly);
        checkAlone(pod, wanted);
        Optional<CSIDriver> driver = cluster.driver(wanted.driver());
        boolean attachable =
                driver.isEmpty() || !Boolean.FALSE.equals(driver.get().spec().attachRequired());
        hold(pod, wanted, attachable);
        held.claimed(
                PodIdentity.of(pod).uid(),
                Objects.requireNonNullElse(claim.metadata().name(), ""),
                wanted.ref());
        boolean done = isDone(pod, wanted, driver);
        if (done && !expansion.isDue(wanted.ref().key(), volume, claim)) {
            return paths.target(PodIdentity.of(pod).uid(), wanted.ref());
        }
        boolean limited =
                driver.map(d -> d.spec().nodeAllocatableUpdatePeriodSeconds()).isPresent();
        Map<String, String> context = attachable ? attachments.context(wanted.ref(), limited) : Map.of();
        return mount(new Wish(pod, wanted, driver, context, done), job -> expansion.expand(job, volume, claim));
    }

    /// Has a volume that lives with the pod mounted for it.
    public Path setUp(Pod pod, Volume volume) throws VolumeFailure {
        CsiVolume wanted = CsiVolume.inline(pod, volume);
        hold(pod, wanted, false);
        Optional<CSIDriver> driver = cluster.driver(wanted.driver());
        return isDone(pod, wanted, driver)
                ? paths.target(PodIdentity.of(pod).uid(), wanted.ref())
                : mount(new Wish(pod, wanted, driver, Map.of(), false), job -> {});
    }

    /// @param done whether it is published, and only to be looked at again
    private record Wish(
            Pod pod, CsiVolume volume, Optional<CSIDriver> driver, Map<String, String> context, boolean done) {
        CsiMounter.Job with(DriverClient client, Set<Type> can) {
            return new CsiMounter.Job(pod, volume, driver, context, client, can);
        }
    }

    private interface Last {
        void run(CsiMounter.Job job) throws CsiFailure;
    }

    private Path mount(Wish wish, Last last) throws VolumeFailure {
        VolumeRef ref = wish.volume().ref();
        String podUid = PodIdentity.of(wish.pod()).uid();
        String step =
                ref.inline() ? "MountVolume.SetUp" : ref.block() ? "MapVolume.SetUpDevice" : "MountVolume.MountDevice";
        ReentrantLock lock = lock(ref);
        lock.lock();
        try (DriverClient client = client(ref)) {
            CsiMounter.Job job = wish.with(client, client.capabilities());
            if (!ref.inline() && !held.isStaged(ref.key())) {
                mounter.stage(job);
                held.staged(ref.key());
            }
            step = ref.block() ? "MapVolume.MapPodDevice" : "MountVolume.SetUp";
            if (!wish.done()) {
                mounter.publish(job, held.isPublished(podUid, ref));
                held.published(podUid, ref);
            }
            step = "MountVolume.Setup";
            last.run(job);
            return paths.target(podUid, ref);
        } catch (CsiFailure | IOException | StatusException failure) {
            throw new VolumeFailure(step, ref.name(), Objects.requireNonNullElse(failure.getMessage(), ""), failure);
        } finally {
            lock.unlock();
        }
    }

    private DriverClient client(VolumeRef ref) throws CsiFailure {
        try {
            return drivers.client(ref.key().driver());
        } catch (CsiFailure absent) {
            String doing = ref.inline()
                    ? "mounter.SetUpAt failed to get CSI client: "
                    : ref.block()
                            ? "blockMapper.SetUpDevice failed to get CSI client: "
                            : "attacher.MountDevice failed to create newCsiDriverClient: ";
            throw new CsiFailure(CsiDrivers.PREFIX + doing + absent.getMessage(), true, absent);
        }
    }

    private ReentrantLock lock(VolumeRef ref) {
        return locks.get(Math.floorMod(ref.key().hashCode(), LOCKS));
    }

    private void checkAlone(Pod pod, CsiVolume wanted) throws VolumeFailure {
        if (wanted.isForOnePod()
                && held.isHeldByOthers(wanted.ref().key(), PodIdentity.of(pod).uid())) {
            throw new VolumeFailure(
                    "MountVolume.SetUp",
                    wanted.name(),
                    "volume uses the ReadWriteOncePod access mode and is already in use by another pod");
        }
    }

    private void hold(Pod pod, CsiVolume volume, boolean attachable) {
        List<String> before = held.inUse();
        held.hold(PodIdentity.of(pod).uid(), volume.ref(), attachable);
        if (!held.inUse().equals(before)) {
            watcher.inUseChanged();
        }
    }

    /// Whether it is mounted, and the driver does not want to be asked again and again.
    private boolean isDone(Pod pod, CsiVolume volume, Optional<CSIDriver> driver) {
        return held.isPublished(PodIdentity.of(pod).uid(), volume.ref())
                && !driver.map(d -> d.spec().requiresRepublish())
                        .filter(Boolean.TRUE::equals)
                        .isPresent();
    }

    /// Has everything that the pod has of drivers taken down; what no other pod has is unstaged, too.
    ///
    /// @throws IOException when a driver cannot do it now: try again
    public void tearDown(String podUid) throws IOException {
        for (VolumeRef ref : held.of(podUid)) {
            takeDown(podUid, ref);
        }
        tokens.forget(podUid);
    }

    private void takeDown(String podUid, VolumeRef ref) throws IOException {
        ReentrantLock lock = lock(ref);
        lock.lock();
        boolean left = false;
        try {
            unmounter.unpublish(podUid, ref);
            if (!ref.inline() && !held.isHeldByOthers(ref.key(), podUid)) {
                left = !isUnstaged(ref);
            }
            held.drop(podUid, ref);
        } catch (CsiFailure failure) {
            String step = ref.block() ? "UnmapVolume.UnmapPodDevice" : "UnmountVolume.TearDown";
            throw failed(step, ref, failure);
        } finally {
            lock.unlock();
        }
        watcher.inUseChanged();
        if (left) {
            watcher.leftStaged();
        }
    }

    /// Unstages it; a pod does not wait for a driver that cannot do it now (as upstream's does not).
    private boolean isUnstaged(VolumeRef ref) {
        try {
            unstage(ref);
            return true;
        } catch (IOException failure) {
            LOG.warn("it is tried again: {}", failure.getMessage());
            held.left(ref);
            return false;
        }
    }

    private void unstage(VolumeRef ref) throws IOException {
        try {
            unmounter.unstage(ref);
        } catch (CsiFailure failure) {
            throw failed(ref.block() ? "UnmapDevice.TearDownDevice" : "UnmountDevice", ref, failure);
        }
        held.unstaged(ref.key());
        expansion.forget(ref.key());
    }

    private static IOException failed(String step, VolumeRef ref, CsiFailure failure) {
        return new IOException(step + " failed for volume \"" + ref.name() + "\" : " + failure.getMessage(), failure);
    }

    /// Unstages what no pod has: of a former kubelet, or what a driver could not unstage with the last pod.
    ///
    /// @throws IOException when a driver cannot do it now: try again
    public void releaseForgotten() throws IOException {
        Optional<IOException> failed = Optional.empty();
        for (VolumeRef ref : held.forgotten()) {
            ReentrantLock lock = lock(ref);
            lock.lock();
            try {
                if (held.isForgotten(ref)) {
                    unstage(ref);
                }
            } catch (IOException failure) {
                failed = Optional.of(failure);
            } finally {
                lock.unlock();
            }
        }
        watcher.inUseChanged();
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    /// Whether the disk remembers something that no pod may have any more.
    public boolean remembersMore() {
        return !held.forgotten().isEmpty();
    }

    /// How full the pod's volumes are, as far as their drivers tell. Blocks.
    public List<VolumeRoom> room(Pod pod) {
        return room.of(pod);
    }

    /// The pods that have a volume here.
    public Set<String> pods() {
        return held.pods();
    }

    /// Whether the pod's volumes are to be looked at from time to time: they may grow, or their driver wants it.
    public boolean refreshes(String podUid) {
        return !held.of(podUid).isEmpty();
    }

    /// The volumes that may not be detached, as the Node's status names them.
    public List<String> inUse() {
        return held.inUse();
    }
}
