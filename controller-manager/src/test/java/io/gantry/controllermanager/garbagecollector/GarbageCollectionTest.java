package io.gantry.controllermanager.garbagecollector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.controllermanager.garbagecollector.CollectionPlan.OwnerState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GarbageCollectionTest {
    private static final Kind<PartialObjectMetadata> PODS = PartialObjectMetadata.kind("", "v1", "Pod", "pods", true);

    record Case(String name, Map<String, OwnerState> owners, String finalizer, List<String> dependents, String plan) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> plans() {
        return Stream.of(
                new Case("no owners", Map.of(), "", List.of(), "Keep"),
                new Case("owner lives", Map.of("a", OwnerState.SOLID), "", List.of(), "Keep"),
                new Case("owner is gone", Map.of("a", OwnerState.ABSENT), "", List.of(), "Delete Background"),
                new Case(
                        "one of two is gone",
                        Map.of("a", OwnerState.ABSENT, "b", OwnerState.SOLID),
                        "",
                        List.of(),
                        "KeepWith b"),
                new Case("owner waits", Map.of("a", OwnerState.WAITING), "", List.of(), "Delete Background"),
                new Case(
                        "owner waits, with dependents",
                        Map.of("a", OwnerState.WAITING),
                        "",
                        List.of("d"),
                        "Delete Foreground"),
                new Case(
                        "a circle",
                        Map.of("a", OwnerState.WAITING),
                        "",
                        List.of("d waiting"),
                        "Delete Foreground unblock"),
                new Case(
                        "an owner of which nothing can be told",
                        Map.of("a", OwnerState.ABSENT, "b", OwnerState.UNKNOWN),
                        "",
                        List.of(),
                        "Keep"),
                new Case("asked to orphan", Map.of("a", OwnerState.ABSENT), "orphan", List.of(), "Delete Orphan"));
    }

    @ParameterizedTest
    @MethodSource
    void plans(Case c) {
        Item item = item("x", c.owners().keySet(), c.finalizer(), false);
        List<Item> dependents = c.dependents().stream()
                .map(d -> item(d, Set.of("x"), d.endsWith("waiting") ? Item.FOREGROUND : "", d.endsWith("waiting")))
                .toList();
        String shown = switch (CollectionPlan.of(item, c.owners(), dependents)) {
            case CollectionPlan.Keep keep -> "Keep";
            case CollectionPlan.KeepWith keep ->
                "KeepWith " + keep.owners().stream().map(o -> o.uid()).collect(Collectors.joining());
            case CollectionPlan.Delete delete ->
                "Delete " + delete.propagation() + (delete.unblock() ? " unblock" : "");
        };
        assertEquals(c.plan(), shown);
    }

    @Test
    void theGraphTellsWhoIsConcerned() {
        ResourceGraph graph = new ResourceGraph();
        graph.observe(PODS, object("owner", Set.of(), "", false));
        assertEquals(
                Set.of("d"),
                graph.observe(PODS, object("d", Set.of("owner"), "", false)).examine());
        assertEquals(1, graph.dependents("owner").size());
        assertEquals(
                Set.of("owner", "d"),
                graph.observe(PODS, object("owner", Set.of(), Item.FOREGROUND, true))
                        .examine());
        assertEquals(Set.of("owner"), graph.remove("d").examine());
        assertTrue(graph.dependents("owner").isEmpty());
        assertTrue(graph.remove("owner").examine().isEmpty());
    }

    @Test
    void dependentsOfWhatIsGoneAreExaminedAndOrphansFreed() {
        ResourceGraph graph = new ResourceGraph();
        graph.observe(PODS, object("d", Set.of("owner"), "", false));
        assertEquals(
                Set.of("owner"),
                graph.observe(PODS, object("owner", Set.of(), Item.ORPHAN, true))
                        .orphan());
        assertEquals(Set.of("d"), graph.remove("owner").examine());
    }

    @Test
    void anOwnerInAnotherNamespaceIsToldOfWhicheverComesFirst() {
        PartialObjectMetadata owner = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"o\",\"uid\":\"o\",\"namespace\":\"other\"}}", PartialObjectMetadata.class);
        ResourceGraph childFirst = new ResourceGraph();
        assertTrue(childFirst
                .observe(PODS, object("d", Set.of("o"), "", false))
                .misplaced()
                .isEmpty());
        ResourceGraph.Consequences late = childFirst.observe(PODS, owner);
        assertEquals(Set.of("d"), late.examine());
        assertEquals("d", late.misplaced().getFirst().dependent().uid());
        assertTrue(childFirst.observe(PODS, owner).misplaced().isEmpty(), "told once");
        ResourceGraph ownerFirst = new ResourceGraph();
        ownerFirst.observe(PODS, owner);
        PartialObjectMetadata child = object("d", Set.of("o"), "", false);
        assertEquals(1, ownerFirst.observe(PODS, child).misplaced().size());
        assertTrue(ownerFirst.observe(PODS, child).misplaced().isEmpty(), "told once");
    }

    @ParameterizedTest
    @CsvSource({
        "v1,      Pod,       o, true",
        "v1,      Pod,       x, false",
        "v1,      ConfigMap, o, false",
        "apps/v1, Pod,       o, false"
    })
    void aReferenceMeansWhatItSaysInFull(String apiVersion, String kind, String name, boolean meant) {
        OwnerReference reference = OwnerReferenceBuilder.builder()
                .apiVersion(apiVersion)
                .kind(kind)
                .name(name)
                .uid("o")
                .build();
        assertEquals(
                meant, Collector.isMeant(item("d", Set.of(), "", false), reference, item("o", Set.of(), "", false)));
    }

    private static Item item(String uid, Set<String> owners, String finalizer, boolean going) {
        return ResourceGraph.item(PODS, object(uid, owners, finalizer, going));
    }

    private static PartialObjectMetadata object(String uid, Set<String> owners, String finalizer, boolean going) {
        String references = owners.stream()
                .map(o -> "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"%s\",\"uid\":\"%s\"}".formatted(o, o))
                .collect(Collectors.joining(","));
        return Json.MAPPER.readValue(
                """
                {"metadata":{"name":"%s","uid":"%s","namespace":"ns","ownerReferences":[%s],"finalizers":[%s]%s}}""".formatted(
                                uid,
                                uid,
                                references,
                                finalizer.isEmpty() ? "" : "\"" + finalizer + "\"",
                                going ? ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"" : ""),
                PartialObjectMetadata.class);
    }
}
