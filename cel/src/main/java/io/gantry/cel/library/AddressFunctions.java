package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.INT;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import io.gantry.cel.value.CelError;
import java.util.function.Predicate;

/// IP addresses and networks (upstream `k8s.io/apiserver/pkg/cel/library/ip.go` and `cidr.go`).
final class AddressFunctions {
    private static final CelType IP = OpaqueType.create(CelAddress.TYPE);
    private static final CelType CIDR = OpaqueType.create(CelCidr.TYPE);

    private AddressFunctions() {}

    static void add(FunctionTable table) {
        table.type(IP);
        table.type(CIDR);
        addresses(table);
        networks(table);
    }

    private static void addresses(FunctionTable table) {
        table.declare(
                "ip",
                String.class,
                args -> CelAddress.parse(Arguments.text(args[0])),
                global("string_to_ip", IP, STRING));
        table.declare("isIP", String.class, args -> isIp(Arguments.text(args[0])), global("is_ip", BOOL, STRING));
        table.declare(
                "ip.isCanonical",
                String.class,
                args -> CelAddress.parse(Arguments.text(args[0])).text().equals(args[0]),
                global("ip_is_canonical", BOOL, STRING));
        table.declare(
                "family", CelAddress.class, args -> address(args[0]).isFour() ? 4L : 6L, member("ip_family", INT, IP));
        property(table, "isUnspecified", "ip_is_unspecified", CelAddress::isUnspecified);
        property(table, "isLoopback", "ip_is_loopback", CelAddress::isLoopback);
        property(table, "isLinkLocalMulticast", "ip_is_link_local_multicast", CelAddress::isLinkLocalMulticast);
        property(table, "isLinkLocalUnicast", "ip_is_link_local_unicast", CelAddress::isLinkLocalUnicast);
        property(table, "isGlobalUnicast", "ip_is_global_unicast", CelAddress::isGlobalUnicast);
        table.declare("string", CelAddress.class, args -> address(args[0]).text(), global("ip_to_string", STRING, IP));
    }

    private static void property(FunctionTable table, String name, String id, Predicate<CelAddress> property) {
        table.declare(name, CelAddress.class, args -> property.test(address(args[0])), member(id, BOOL, IP));
    }

    private static void networks(FunctionTable table) {
        table.declare(
                "cidr",
                String.class,
                args -> CelCidr.parse(Arguments.text(args[0])),
                global("string_to_cidr", CIDR, STRING));
        table.declare("isCIDR", String.class, args -> isCidr(Arguments.text(args[0])), global("is_cidr", BOOL, STRING));
        table.declare(
                "containsIP",
                CelCidr.class,
                args -> cidr(args[0])
                        .contains(args[1] instanceof String text ? CelAddress.parse(text) : address(args[1])),
                member("cidr_contains_ip_string", BOOL, CIDR, STRING),
                member("cidr_contains_ip_ip", BOOL, CIDR, IP));
        table.declare(
                "containsCIDR",
                CelCidr.class,
                args -> cidr(args[0]).contains(args[1] instanceof String text ? CelCidr.parse(text) : cidr(args[1])),
                member("cidr_contains_cidr_string", BOOL, CIDR, STRING),
                member("cidr_contains_cidr", BOOL, CIDR, CIDR));
        table.declare("ip", CelCidr.class, args -> cidr(args[0]).address(), member("cidr_ip", IP, CIDR));
        table.declare(
                "prefixLength",
                CelCidr.class,
                args -> (long) cidr(args[0]).prefix(),
                member("cidr_prefix_length", INT, CIDR));
        table.declare("masked", CelCidr.class, args -> cidr(args[0]).masked(), member("cidr_masked", CIDR, CIDR));
        table.declare("string", CelCidr.class, args -> cidr(args[0]).text(), global("cidr_to_string", STRING, CIDR));
    }

    private static CelAddress address(Object value) {
        return Arguments.as(CelAddress.class, value);
    }

    private static CelCidr cidr(Object value) {
        return Arguments.as(CelCidr.class, value);
    }

    private static boolean isIp(String text) {
        try {
            CelAddress.parse(text);
            return true;
        } catch (CelError malformed) {
            return false;
        }
    }

    private static boolean isCidr(String text) {
        try {
            CelCidr.parse(text);
            return true;
        } catch (CelError malformed) {
            return false;
        }
    }
}
