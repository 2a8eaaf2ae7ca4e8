package io.gantry.controllermanager.servicecidr;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.meta.v1.Condition;
import io.gantry.api.networking.AddressRange;
import io.gantry.api.networking.v1.ipaddress.IPAddress;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDR;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to do with a ServiceCIDR (upstream `pkg/controller/servicecidrs`). Pure.
sealed interface ServiceCidrPlan {
    String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
    String READY = "Ready";
    /// API servers shall have seen that no more addresses may be taken from a range that goes.
    Duration GRACE = Duration.ofSeconds(10);

    /// The finalizer and the condition are to be there.
    record Serve(boolean finalizer, boolean condition) implements ServiceCidrPlan {}

    /// It goes, but its addresses are in use; or it is too early to know.
    record Hold(boolean condition, Duration again) implements ServiceCidrPlan {}

    /// Nothing holds it: the finalizer goes.
    record Release() implements ServiceCidrPlan {}

    /// It is as it must be.
    record Nothing() implements ServiceCidrPlan {}

    static ServiceCidrPlan of(ServiceCIDR cidr, List<ServiceCIDR> all, List<IPAddress> addresses, Instant now) {
        boolean finalizer = cidr.metadata().finalizers().contains(FINALIZER);
        Instant going = cidr.metadata().deletionTimestamp();
        if (going == null) {
            boolean ready = status(cidr).equals(Optional.of("True"));
            return finalizer && ready ? new Nothing() : new Serve(!finalizer, !ready);
        }
        if (!finalizer) {
            return new Nothing();
        }
        boolean told = status(cidr).equals(Optional.of("False"));
        Duration left = Duration.between(now, going.plus(GRACE));
        if (!told || left.isPositive()) {
            return new Hold(!told, left.isPositive() ? left : GRACE);
        }
        return isFree(cidr, all, addresses) ? new Release() : new Hold(false, GRACE);
    }

    private static Optional<String> status(ServiceCIDR cidr) {
        return cidr.status().conditions().stream()
                .filter(condition -> condition.type().equals(READY))
                .map(Condition::status)
                .findFirst();
    }

    /// Whether each address in it lies in another range that stays.
    private static boolean isFree(ServiceCIDR cidr, List<ServiceCIDR> all, List<IPAddress> addresses) {
        List<AddressRange> own = ranges(List.of(cidr));
        List<AddressRange> others = ranges(all.stream()
                .filter(other -> other.metadata().deletionTimestamp() == null)
                .filter(other -> !text(other.metadata().name())
                        .equals(text(cidr.metadata().name())))
                .toList());
        return addresses.stream()
                .flatMap(address -> AddressRange.address(text(address.metadata().name())).stream())
                .filter(ip -> own.stream().anyMatch(range -> range.contains(ip)))
                .allMatch(ip -> others.stream().anyMatch(range -> range.contains(ip)));
    }

    private static List<AddressRange> ranges(List<ServiceCIDR> cidrs) {
        return cidrs.stream()
                .flatMap(cidr -> cidr.spec().cidrs().stream())
                .flatMap(text -> AddressRange.parse(text).stream())
                .toList();
    }
}
