package io.gantry.api.networking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    private static AddressRange range(String text) {
        return (text.contains("/") ? AddressRange.parse(text) : AddressRange.address(text)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.0/16,       10.244.0.0/16",
        "10.244.7.9/16,       10.244.0.0/16",
        "255.255.255.255/1,   128.0.0.0/1",
        "1.2.3.4/0,           0.0.0.0/0",
        "1.2.3.4,             1.2.3.4/32",
        "fd00::1/64,          fd00:0:0:0:0:0:0:0/64",
        "fd00::7,             fd00:0:0:0:0:0:0:7/128",
    })
    void texts(String text, String range) {
        assertEquals(range, range(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "not/24", "10.0.0/8", "10.0.0.256/8", "10.0.0.0/33", "10.0.0.0/", "::/129"})
    void noRanges(String text) {
        assertEquals(Optional.empty(), AddressRange.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/8", "10.0.0", "::g"})
    void noAddresses(String text) {
        assertEquals(Optional.empty(), AddressRange.address(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.1.0.0/16,     true,  true",
        "10.0.0.0/8,      10.9.9.9/8,      true,  false",
        "10.0.0.0/8,      0.0.0.0/0,       false, false",
        "10.0.0.0/8,      11.0.0.1,        false, false",
        "0.0.0.0/0,       255.255.255.255, true,  true",
        "fd00:10::/64,    fd00:10::7,      true,  true",
        "fd00:10::/64,    10.96.0.1,       false, false",
        "::/0,            ::ffff:1.2.3.4,  true,  true",
        "::ffff:0:0/96,   ::ffff:1.2.3.4,  true,  true",
        "1.2.3.0/24,      ::ffff:1.2.3.4,  false, false",
    })
    void containment(String outer, String inner, boolean contains, boolean strictly) {
        assertEquals(contains, range(outer).contains(range(inner)));
        assertEquals(strictly, range(outer).strictlyContains(range(inner)));
    }

    @Test
    void addressesAndParts() {
        assertEquals("10.96.1.4", range("10.96.0.0/16").address(260));
        assertEquals("255.0.0.9", range("255.0.0.0/8").address(9));
        assertEquals("fd00:0:0:0:0:0:1:0", range("fd00::/64").address(1 << 16));
        assertEquals("10.244.255.0/24", range("10.244.0.0/16").part(24, 255).toString());
        assertEquals("fd00:0:0:1:0:0:0:0/64", range("fd00::/56").part(64, 1).toString());
        assertEquals(256, range("10.0.0.0/24").size().intValueExact());
    }
}
