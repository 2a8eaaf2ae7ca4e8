package io.gantry.kubelet.dra;

import io.gantry.kubelet.dra.health.DeviceHealth;
import io.gantry.kubelet.dra.health.HealthStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What drivers said of the health of their devices (upstream `healthinfo.go`): it holds for a while only.
/// Thread-safe.
final class DeviceHealths {
    private static final Duration HOLDS = Duration.ofSeconds(30);
    private static final int LONGEST_MESSAGE = 1024;
    private static final String CUT = "...";

    record Name(String pool, String device) {}

    /// @param health `Healthy`, `Unhealthy` or `Unknown`
    /// @param message empty for none
    record Health(String health, String message) {
        static final Health UNKNOWN = new Health("Unknown", "");
    }

    private record Known(Health health, Instant heard, Duration holds) {
        boolean isOld(Instant now) {
            return Duration.between(heard, now).compareTo(holds) > 0;
        }
    }

    private final Clock clock;
    private final Map<String, Map<Name, Known>> drivers = new HashMap<>();

    DeviceHealths(Clock clock) {
        this.clock = clock;
    }

    synchronized Health of(String driver, Name device) {
        Known known = drivers.getOrDefault(driver, Map.of()).get(device);
        return known == null || known.isOld(clock.instant()) ? Health.UNKNOWN : known.health();
    }

    /// Takes a driver's report of all of its devices; returns those that are other than before.
    synchronized Set<Name> report(String driver, List<DeviceHealth> devices) {
        Instant now = clock.instant();
        Map<Name, Known> known = drivers.computeIfAbsent(driver, name -> new HashMap<>());
        Set<Name> told = new HashSet<>();
        Set<Name> changed = new HashSet<>();
        for (DeviceHealth device : devices) {
            Name name = new Name(
                    device.getDevice().getPoolName(), device.getDevice().getDeviceName());
            told.add(name);
            Known before = known.put(name, new Known(health(device), now, holds(device)));
            if (before == null || !before.health().equals(health(device))) {
                changed.add(name);
            }
        }
        known.entrySet().stream()
                .filter(entry ->
                        !told.contains(entry.getKey()) && entry.getValue().isOld(now))
                .forEach(entry -> changed.add(entry.getKey()));
        known.keySet().removeIf(name -> !told.contains(name) && changed.contains(name));
        return changed;
    }

    /// The driver says no more.
    synchronized void forget(String driver) {
        drivers.remove(driver);
    }

    private static Duration holds(DeviceHealth device) {
        long seconds = device.getHealthCheckTimeoutSeconds();
        return seconds > 0 ? Duration.ofSeconds(seconds) : HOLDS;
    }

    private static Health health(DeviceHealth device) {
        String health = switch (device.getHealth()) {
            case HealthStatus.HEALTHY -> "Healthy";
            case HealthStatus.UNHEALTHY -> "Unhealthy";
            case HealthStatus.UNKNOWN, HealthStatus.UNRECOGNIZED -> "Unknown";
        };
        String message = device.getMessage();
        boolean isLong = message.length() > LONGEST_MESSAGE;
        return new Health(health, isLong ? message.substring(0, LONGEST_MESSAGE - CUT.length()) + CUT : message);
    }
}
