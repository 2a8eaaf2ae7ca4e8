package io.gantry.kubelet.dra;

import io.gantry.api.Json;
import io.gantry.client.ObjectKey;
import io.gantry.component.WholeFile;
import io.gantry.kubelet.pod.DevicesFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// The claims that pods of this node use, in a file that is written anew, whole or not at all, with each change: what a
/// killed kubelet prepared, the next one takes back. Thread-safe.
final class HeldClaims {
    private final Path file;
    private final Map<ObjectKey, HeldClaim> claims =
            new TreeMap<>(Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name));
    /// Prepared by this process: another one asks the drivers again.
    private final Set<ObjectKey> prepared = new HashSet<>();

    private HeldClaims(Path file) {
        this.file = file;
    }

    /// Begins with what a former kubelet left.
    static HeldClaims read(Path file) throws IOException {
        HeldClaims held = new HeldClaims(file);
        try {
            Json.MAPPER
                    .readValue(Files.readAllBytes(file), new TypeReference<List<HeldClaim>>() {})
                    .forEach(claim -> held.claims.put(claim.key(), claim));
        } catch (NoSuchFileException none) {
            return held;
        } catch (JacksonException malformed) {
            throw new IOException(file + ": " + malformed.getOriginalMessage(), malformed);
        }
        return held;
    }

    synchronized Optional<HeldClaim> find(ObjectKey key) {
        return Optional.ofNullable(claims.get(key));
    }

    synchronized boolean isPrepared(ObjectKey key) {
        return prepared.contains(key);
    }

    /// The pod uses the claim from now on, prepared or not.
    ///
    /// @throws DevicesFailure when another claim of the name is still in use
    synchronized HeldClaim hold(HeldClaim claim, String pod) {
        HeldClaim known = claims.getOrDefault(claim.key(), claim);
        if (!known.uid().equals(claim.uid())) {
            throw new DevicesFailure("old ResourceClaim with same name " + claim.name() + " and different UID "
                    + known.uid() + " still exists (previous pod force-deleted?!)");
        }
        HeldClaim now = known.with(pod);
        put(now);
        return now;
    }

    /// What the drivers answered.
    synchronized void prepared(ObjectKey key, Map<String, List<PreparedDevice>> devices) {
        change(key, claim -> claim.with(devices));
        prepared.add(key);
    }

    /// The pod does not use the claim any more, others do.
    synchronized void release(ObjectKey key, String pod) {
        change(key, claim -> claim.without(pod));
    }

    /// Nobody uses the claims any more.
    synchronized void drop(List<ObjectKey> keys) {
        prepared.removeAll(keys);
        if (claims.keySet().removeAll(keys)) {
            write();
        }
    }

    synchronized List<HeldClaim> of(String pod) {
        return claims.values().stream()
                .filter(claim -> claim.pods().contains(pod))
                .toList();
    }

    /// The pods that have a device of a driver.
    synchronized Set<String> users(String driver, String pool, String device) {
        Set<String> users = new HashSet<>();
        for (HeldClaim claim : claims.values()) {
            if (claim.devices().getOrDefault(driver, List.of()).stream()
                    .anyMatch(d -> d.pool().equals(pool) && d.device().equals(device))) {
                users.addAll(claim.pods());
            }
        }
        return users;
    }

    synchronized Set<String> pods() {
        Set<String> pods = new HashSet<>();
        claims.values().forEach(claim -> pods.addAll(claim.pods()));
        return pods;
    }

    private void change(ObjectKey key, UnaryOperator<HeldClaim> change) {
        HeldClaim known = claims.get(key);
        if (known != null) {
            put(change.apply(known));
        }
    }

    private void put(HeldClaim claim) {
        if (!claim.equals(claims.put(claim.key(), claim))) {
            write();
        }
    }

    private void write() {
        try {
            WholeFile.write(file, Json.MAPPER.writeValueAsBytes(claims.values()));
        } catch (IOException failure) {
            throw new UncheckedIOException("checkpoint ResourceClaim state: " + failure.getMessage(), failure);
        }
    }
}
