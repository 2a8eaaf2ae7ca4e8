package io.gantry.kubelet.dra;

import io.gantry.client.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A claim that pods of this node use, as it is kept over restarts.
///
/// @param pods the uids of the pods
/// @param devices by driver; a driver of the claim is here before it has prepared anything
record HeldClaim(
        String namespace,
        String name,
        String uid,
        SortedSet<String> pods,
        SortedMap<String, List<PreparedDevice>> devices) {
    HeldClaim {
        pods = new TreeSet<>(pods);
        devices = new TreeMap<>(devices);
    }

    static HeldClaim fresh(ObjectKey key, String uid, Set<String> drivers) {
        SortedMap<String, List<PreparedDevice>> none = new TreeMap<>();
        drivers.forEach(driver -> none.put(driver, List.of()));
        return new HeldClaim(key.namespace(), key.name(), uid, new TreeSet<>(), none);
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    HeldClaim with(String pod) {
        SortedSet<String> more = new TreeSet<>(pods);
        more.add(pod);
        return new HeldClaim(namespace, name, uid, more, devices);
    }

    HeldClaim without(String pod) {
        SortedSet<String> fewer = new TreeSet<>(pods);
        fewer.remove(pod);
        return new HeldClaim(namespace, name, uid, fewer, devices);
    }

    HeldClaim with(Map<String, List<PreparedDevice>> prepared) {
        return new HeldClaim(namespace, name, uid, pods, new TreeMap<>(prepared));
    }
}
