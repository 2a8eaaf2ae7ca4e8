package io.gantry.client.leader;

import io.gantry.component.HostName;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/// How a leader election is timed (upstream's defaults: 15 s, 10 s, 2 s).
///
/// @param leaseDuration how long others wait after the last renewal they saw before they take the lease
/// @param renewDeadline how long a leader works on without a renewal; shorter than `leaseDuration`, so that it has
///     stopped before anybody else starts
/// @param retryPeriod between two tries to take or renew
public record LeaderElection(
        String namespace,
        String name,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {
    public LeaderElection {
        if (leaseDuration.compareTo(renewDeadline) <= 0 || renewDeadline.compareTo(retryPeriod) <= 0) {
            throw new IllegalArgumentException("want leaseDuration > renewDeadline > retryPeriod");
        }
    }

    /// The lease duration as a Lease writes it: whole seconds, at least one.
    int leaseSeconds() {
        return (int) Math.max(1, leaseDuration.plusMillis(999).toSeconds());
    }

    /// A name for a process that stands for election: its machine's, and what no other process has.
    ///
    /// @throws IOException when the machine has no name
    public static String holder() throws IOException {
        return HostName.read() + "_" + UUID.randomUUID();
    }

    /// Upstream's timing.
    public static LeaderElection of(String namespace, String name, String identity) {
        return new LeaderElection(
                namespace, name, identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }
}
