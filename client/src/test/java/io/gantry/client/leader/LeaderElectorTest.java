package io.gantry.client.leader;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaderElectorTest {
    private final LeaseServer server = new LeaseServer();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<LeaderElector> electors = new CopyOnWriteArrayList<>();

    private LeaderElector elector(String identity) {
        LeaderElection election = new LeaderElection(
                "ns", "l", identity, Duration.ofMillis(900), Duration.ofMillis(600), Duration.ofMillis(100));
        LeaderElector elector = new LeaderElector(ApiClient.over(server, "test"), election);
        electors.add(elector);
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                elector.run(() -> told.add(identity + " starts"), () -> told.add(identity + " stops"));
            } catch (InterruptedException e) {
                told.add(identity + " interrupted");
            }
        }));
        return elector;
    }

    @AfterEach
    void stop() throws InterruptedException {
        electors.forEach(LeaderElector::close);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void oneLeadsAndTheNextTakesOverAtOnceWhenItGoes() {
        LeaderElector first = elector("a");
        await().until(() -> told.contains("a starts"));
        LeaderElector second = elector("b");
        assertTrue(first.leads());
        assertFalse(second.leads());
        first.close();
        await().until(() -> told.contains("b starts"));
        assertEquals(List.of("a starts", "a stops", "b starts"), told);
        assertFalse(first.leads());
    }

    @Test
    void aSlowFirstAnswerDoesNotCostTheLeadership() {
        server.slowAtFirst(Duration.ofMillis(800));
        LeaderElector slow = elector("a");
        await().until(() -> told.contains("a starts"));
        await().during(Duration.ofMillis(1000)).atMost(Duration.ofSeconds(3)).until(slow::leads);
        assertEquals(List.of("a starts"), told);
    }

    @Test
    void workThatIsSlowToStartDoesNotCostTheLeadership() throws InterruptedException {
        LeaderElection election =
                new LeaderElection("ns", "l", "a", Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(1));
        LeaderElector elector = new LeaderElector(ApiClient.over(server, "test"), election);
        electors.add(elector);
        CountDownLatch stopped = new CountDownLatch(1);
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                elector.run(() -> await().pollDelay(Duration.ofMillis(1300)).until(() -> true), stopped::countDown);
            } catch (InterruptedException e) {
                told.add("interrupted");
            }
        }));
        await().until(elector::leads);
        assertFalse(stopped.await(2500, TimeUnit.MILLISECONDS), "lost");
        assertTrue(elector.leads());
    }

    @Test
    void aLeaderThatCannotRenewIsFencedBeforeAnotherMayLead() {
        LeaderElector leader = elector("a");
        await().until(() -> told.contains("a starts"));
        ApiClient fenced = ApiClient.over(server, "test").fenced(leader::leads);
        server.goAway();
        await().atMost(Duration.ofMillis(850)).until(() -> !leader.leads());
        StatusException refused = assertThrows(
                StatusException.class, () -> fenced.resource(LeaseKind.KIND).delete("ns", "l", Deletion.defaults()));
        assertTrue(String.valueOf(refused.getMessage()).contains("does not lead"));
        await().until(() -> told.contains("a stops"));
    }
}
