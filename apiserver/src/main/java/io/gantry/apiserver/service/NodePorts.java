package io.gantry.apiserver.service;

import io.gantry.api.Json;
import io.gantry.store.Entry;
import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WriteResult;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which node ports are taken: one key of the store, changed under its revision, so that several API servers give each
/// port once (upstream's RangeAllocation at `ranges/servicenodeports`). Thread-safe; blocks.
final class NodePorts {
    private static final String KEY = "/registry/ranges/servicenodeports";
    private static final int ATTEMPTS = 50;

    private final Store store;
    private final PortRange range;

    NodePorts(Store store, PortRange range) {
        this.store = store;
        this.range = range;
    }

    PortRange range() {
        return range;
    }

    /// Takes a port.
    ///
    /// @return false when it is taken already
    boolean take(int port) {
        return change(taken -> {
                    int index = port - range.first();
                    if (taken.get(index)) {
                        return Optional.<Integer>empty();
                    }
                    taken.set(index);
                    return Optional.of(port);
                })
                .isPresent();
    }

    /// Takes a free port; empty when there is none.
    Optional<Integer> takeNext() {
        return change(taken -> {
            Optional<Integer> port = range.next(taken, ThreadLocalRandom.current());
            port.ifPresent(p -> taken.set(p - range.first()));
            return port;
        });
    }

    /// A free port that is not taken, for dry runs.
    Optional<Integer> peekNext() {
        return range.next(taken(), ThreadLocalRandom.current());
    }

    boolean isTaken(int port) {
        return taken().get(port - range.first());
    }

    void free(Collection<Integer> ports) {
        if (ports.stream().anyMatch(range::contains)) {
            change(taken -> {
                ports.stream().filter(range::contains).forEach(port -> taken.clear(port - range.first()));
                return Optional.of(true);
            });
        }
    }

    /// Sets what is taken, as `change` makes it of what is noted.
    void replace(Function<BitSet, BitSet> change) {
        change(taken -> {
            BitSet wanted = change.apply((BitSet) taken.clone());
            taken.clear();
            taken.or(wanted);
            return Optional.of(true);
        });
    }

    /// Whether anything is noted for this range.
    boolean isNoted() {
        return store.get(KEY).map(entry -> isOfRange(tree(entry))).orElse(false);
    }

    private BitSet taken() {
        return store.get(KEY).map(this::bits).orElseGet(BitSet::new);
    }

    /// Changes the bits and writes them, unless nothing changed.
    private <T> Optional<T> change(Function<BitSet, Optional<T>> change) {
        Optional<Entry> current = store.get(KEY);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BitSet before = current.map(this::bits).orElseGet(BitSet::new);
            BitSet after = (BitSet) before.clone();
            Optional<T> result = change.apply(after);
            if (after.equals(before)
                    && current.map(entry -> isOfRange(tree(entry))).orElse(false)) {
                return result;
            }
            switch (write(current, after)) {
                case WriteResult.Committed done -> {
                    return result;
                }
                case WriteResult.Conflict conflict -> current = conflict.current();
            }
        }
        throw new StoreUnavailableException("the node ports are changed too often by others");
    }

    private WriteResult write(Optional<Entry> current, BitSet bits) {
        ObjectNode allocation = Json.MAPPER.createObjectNode();
        allocation.put("kind", "RangeAllocation").put("apiVersion", "v1");
        allocation.putObject("metadata");
        allocation.put("range", range.text()).put("data", data(bits));
        byte[] value = Json.MAPPER.writeValueAsBytes(allocation);
        return current.isPresent()
                ? store.update(KEY, value, current.get().modRevision(), 0)
                : store.create(KEY, value, 0);
    }

    /// Upstream's form: a number with a bit a port, as big-endian bytes.
    private static byte[] data(BitSet bits) {
        byte[] little = bits.toByteArray();
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return big;
    }

    /// What is noted for another range does not count: it is made anew from the Services.
    private BitSet bits(Entry entry) {
        JsonNode allocation = tree(entry);
        BitSet bits = new BitSet(range.size());
        if (isOfRange(allocation)) {
            BigInteger number = new BigInteger(1, allocation.path("data").binaryValue());
            for (int i = 0; i < number.bitLength(); i++) {
                if (number.testBit(i)) {
                    bits.set(i);
                }
            }
        }
        return bits;
    }

    private boolean isOfRange(JsonNode allocation) {
        return allocation.path("range").asString("").equals(range.text());
    }

    /// A cluster that upstream's server wrote has this key in protobuf: it is written anew.
    private static JsonNode tree(Entry entry) {
        try {
            return Json.MAPPER.readTree(entry.value());
        } catch (JacksonException e) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
