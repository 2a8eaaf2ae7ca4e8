package io.gantry.scheduler.snapshot;

import static io.gantry.scheduler.testing.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gantry.api.core.v1.node.Node;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a snapshot counts of nodes follows their changes, without being made anew.
final class SnapshotTest {
    private static final List<String> TAINTS =
            List.of("", "{'key':'k','effect':'NoSchedule'}", "{'key':'s','effect':'PreferNoSchedule'}");
    private static final int NODES = 12;
    private static final int STEPS = 300;
    private static final Predicate<Node> UNTAINTED =
            node -> node.spec().taints().isEmpty();

    private final ClusterCache cache = new ClusterCache();

    private static Node node(int number, String labels, String taint, boolean cordoned, int images) {
        StringBuilder held = new StringBuilder();
        for (int i = 0; i < images; i++) {
            held.append(i == 0 ? "" : ",")
                    .append("{'names':['i:")
                    .append(i)
                    .append("'],'sizeBytes':")
                    .append(1000 + i)
                    .append('}');
        }
        return json(
                Node.class,
                "{'metadata':{'name':'n" + number + "','labels':{" + labels + "}},'spec':{'unschedulable':" + cordoned
                        + ",'taints':[" + taint + "]},'status':{'images':[" + held + "]}}");
    }

    private static Node someNode(int number, String labels, Random random) {
        return node(
                number,
                labels,
                TAINTS.get(random.nextInt(TAINTS.size())),
                random.nextInt(NODES) == 0,
                random.nextInt(4));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsWhatOneMadeAnewWouldCount(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < NODES; i++) {
            cache.setNode(someNode(i, "'a':'b'", random));
        }
        Snapshot first = cache.snapshot();
        first.nodesWhere("untainted", UNTAINTED);
        for (int step = 0; step < STEPS; step++) {
            cache.setNode(someNode(random.nextInt(NODES), "'a':'b'", random));
            Snapshot kept = cache.snapshot();
            assertSame(first, kept, "the same nodes in the same order");
            assertEquals(counted(fresh(kept)), counted(kept), "seed " + seed + ", step " + step);
        }
    }

    private static Snapshot fresh(Snapshot kept) {
        return Snapshot.of(
                kept.nodes().stream().map(node -> NodeInfo.of(node.node())).toList());
    }

    private static List<Object> counted(Snapshot snapshot) {
        return List.of(
                snapshot.holdersOf("i:0"),
                snapshot.holdersOf("i:1"),
                snapshot.holdersOf("i:2"),
                snapshot.allHaveLabel("a"),
                snapshot.anyTaints(),
                snapshot.anySoftTaints(),
                snapshot.anyUnschedulable(),
                (BitSet) snapshot.nodesWhere("untainted", UNTAINTED).clone());
    }

    @Test
    void aNodeWithOtherLabelsHasItsPlaceAnew() {
        cache.setNode(node(0, "'topology.kubernetes.io/zone':'a'", "", false, 0));
        cache.setNode(node(1, "'topology.kubernetes.io/zone':'a'", "", false, 0));
        cache.setNode(node(2, "'topology.kubernetes.io/zone':'b'", "", false, 0));
        Snapshot before = cache.snapshot();
        assertEquals(List.of("n0", "n2", "n1"), names(before));

        cache.setNode(node(0, "'topology.kubernetes.io/zone':'c'", "", false, 0));

        assertNotSame(before, cache.snapshot());
        assertEquals(List.of("n1", "n2", "n0"), names(cache.snapshot()));
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.nodes().stream().map(NodeInfo::name).toList();
    }
}
