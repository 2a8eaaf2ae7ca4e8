package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Texts that a schema's `format` takes, as the library of upstream's API server reads it (`k8s.io/kube-openapi`,
/// `pkg/validation/strfmt`).
class FormatsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ipv6           | ::1                                  | true
            ipv6           | fe80::1:2                            | true
            ipv6           | 1:2:3:4:5:6:7:8                      | true
            ipv6           | ::ffff:1.2.3.4                       | true
            ipv6           | 1::2::3                              | false
            ipv6           | 1.2.3.4                              | false
            ipv4           | 01.2.3.4                             | true
            ipv4           | ::ffff:1.2.3.4                       | true
            ipv4           | 1.2.3.256                            | false
            cidr           | 10.0.0.0/8                           | true
            cidr           | 10.0.0.0/33                          | false
            cidr           | fd00::/64                            | true
            mac            | 00:1b:44:11:3a:b7                    | true
            duration       | 1h30m                                | true
            duration       | 1.5                                  | false
            email          | a@b.c                                | true
            email          | a                                    | false
            uri            | https://a/b                          | true
            uri            | a b                                  | false
            date           | 2026-02-30                           | false
            byte           | YQ==                                 | true
            byte           | *                                    | false
            byte           | asd                                  | false
            byte           | ''                                   | false
            hostname       | Host1                                | true
            hostname       | my-host                              | false
            hostname       | a.b                                  | false
            hostname       | a.example                            | true
            hostname       | a_b.example                          | false
            cidr           | 010.0.0.0/08                         | true
            mac            | 001b.4411.3ab7                       | true
            mac            | 00:1b-44:11:3a:b7                    | false
            mac            | 00:1b:44:11:3a                       | false
            duration       | 3 days                               | true
            duration       | 3 moons                              | false
            email          | Ann <a@b.c>                          | true
            email          | "a b"@b.c (Ann)                      | true
            email          | a..b@c                               | false
            email          | a@[1.2.3.4]                          | true
            email          | x: a@b;                              | true
            email          | a@b, c@d                             | false
            uri            | mailto:a@b                           | true
            uri            | http://a b/                          | false
            uri            | http://a/b c                         | true
            uri            | ./a                                  | false
            date           | 12026-02-03                          | false
            date           | 2026-02-03                           | true
            date-time      | 2026-02-03t10:00:00Z                 | true
            date-time      | 2026-02-03 10:00:00Z                 | false
            datetime       | 2026-02-03T24:00:00Z                 | false
            uuid           | 0123456789ABCDEF0123456789abcdef     | true
            uuid4          | 01234567-89ab-4def-0123-456789abcdef | false
            uuid4          | 01234567-89ab-4def-8123-456789abcdef | true
            isbn           | 978-0321751041                       | true
            isbn10         | 0321751043                           | true
            isbn10         | 0321751044                           | false
            creditcard     | 4220 8554 2622 2389                  | true
            creditcard     | 4220855426213389                     | false
            ssn            | 123-45-6789                          | true
            ssn            | 123456789                            | false
            rgbcolor       | rgb(0, 31,255)                       | true
            rgbcolor       | rgb(0,31,256)                        | false
            hexcolor       | #fff                                 | true
            k8s-short-name | a-b                                  | true
            k8s-long-name  | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b | true
            unheard-of     | x                                    | true
            """)
    void accepts(String format, String text, boolean accepted) {
        assertEquals(accepted, Formats.accepts(format, text));
    }
}
