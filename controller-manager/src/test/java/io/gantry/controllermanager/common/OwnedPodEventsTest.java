package io.gantry.controllermanager.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.ObjectKey;
import io.gantry.client.work.WorkQueue;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnedPodEventsTest {
    private static final ObjectKey OWNER = new ObjectKey("ns", "set");
    private static final ObjectKey POD = new ObjectKey("ns", "pod");
    private static final Pod OWNED = pod("ReplicaSet", "set", "a", false);
    private static final Pod ORPHAN = pod("", "", "a", false);

    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();
    private final Expectations expectations = new Expectations(Clock.systemUTC());
    private final OwnedPodEvents events =
            new OwnedPodEvents("ReplicaSet", pod -> Stream.of(new ObjectKey("ns", "adopter")), queue, expectations);

    record Case(String name, Pod before, Pod now, Set<String> asked) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> updates() {
        Pod relabelled = pod("", "", "b", false);
        Pod ending = pod("ReplicaSet", "set", "a", true);
        return Stream.of(
                new Case("its owner", OWNED, OWNED, Set.of("set")),
                new Case("both owners", pod("ReplicaSet", "old", "a", false), OWNED, Set.of("old", "set")),
                new Case("who lost it, and who may adopt it", OWNED, ORPHAN, Set.of("set", "adopter")),
                new Case("an orphan that stays as it is", ORPHAN, ORPHAN, Set.of()),
                new Case("who may adopt it now", ORPHAN, relabelled, Set.of("adopter")),
                new Case("another kind's", pod("Job", "set", "a", false), pod("Job", "set", "b", false), Set.of()),
                new Case("the owner of what ends", OWNED, ending, Set.of("set")),
                new Case("nobody adopts what ends", ORPHAN, pod("", "", "b", true), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void anUpdateAsksFor(Case row) {
        events.updated(row.before(), row.now());
        assertEquals(new TreeSet<>(row.asked()), asked());
    }

    @Test
    void aCreationIsSeenAtItsOwner() {
        expectations.expectCreations(OWNER, 1);
        events.added(OWNED);
        assertTrue(expectations.met(OWNER));
        assertEquals(Set.of("set"), asked());
    }

    @Test
    void whatComesAlreadyEndingIsADeletion() {
        expectations.expectCreations(OWNER, 1);
        events.added(pod("ReplicaSet", "set", "a", true));
        assertFalse(expectations.met(OWNER));
        assertEquals(Set.of("set"), asked());
    }

    @Test
    void aPodThatBeginsToEndIsADeletion() {
        expectations.expectDeletions(OWNER, List.of(POD));
        events.updated(OWNED, pod("ReplicaSet", "set", "a", true));
        assertTrue(expectations.met(OWNER));
    }

    private Set<String> asked() {
        Set<String> names = new TreeSet<>();
        for (Optional<ObjectKey> key = queue.poll(); key.isPresent(); key = queue.poll()) {
            names.add(key.get().name());
        }
        return names;
    }

    private static Pod pod(String ownerKind, String owner, String label, boolean ending) {
        String owners = owner.isEmpty() ? "" : """
                {"apiVersion": "v1", "kind": "%s", "name": "%s", "uid": "u", "controller": true}
                """.formatted(ownerKind, owner);
        return Json.MAPPER.readValue(
                """
                {"metadata": {"namespace": "ns", "name": "pod", "labels": {"app": "%s"}, "ownerReferences": [%s]%s}}
                """.formatted(label, owners, ending ? ", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"" : ""),
                Pod.class);
    }
}
