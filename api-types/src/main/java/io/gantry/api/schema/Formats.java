package io.gantry.api.schema;

import com.google.re2j.Pattern;
import io.gantry.api.kind.Names;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The formats of texts that upstream checks for custom resources
/// (`k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go`, `kube-openapi/pkg/validation/strfmt`); others
/// are ignored, as there.
public final class Formats {
    private static final int LONGEST_NAME = 253;
    private static final Predicate<String> LONG_NAME =
            matching("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final String OCTET = "\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*";

    private static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
            Map.entry("bsonobjectid", matching("[0-9a-fA-F]{24}")),
            Map.entry("uri", GoUrl::isRequest),
            Map.entry("email", MailAddress::isOne),
            Map.entry("hostname", NetworkFormats::isHostname),
            Map.entry("ipv4", NetworkFormats::isIpv4),
            Map.entry("ipv6", Addresses::isIpv6),
            Map.entry("cidr", NetworkFormats::isCidr),
            Map.entry("mac", NetworkFormats::isMac),
            Map.entry("uuid", uuid("[0-9a-f]{4}", "[0-9a-f]{4}")),
            Map.entry("uuid3", uuid("3[0-9a-f]{3}", "[0-9a-f]{4}")),
            Map.entry("uuid4", uuid("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
            Map.entry("uuid5", uuid("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
            Map.entry("isbn", NumberFormats::isIsbn),
            Map.entry("isbn10", NumberFormats::isIsbn10),
            Map.entry("isbn13", NumberFormats::isIsbn13),
            Map.entry("creditcard", NumberFormats::isCreditCard),
            Map.entry("ssn", NumberFormats::isSocialSecurity),
            Map.entry("hexcolor", matching("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
            Map.entry("rgbcolor", matching("rgb\\(" + OCTET + "," + OCTET + "," + OCTET + "\\)")),
            Map.entry("byte", matching("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}(==|[A-Za-z0-9+/](=|[A-Za-z0-9+/])))")),
            Map.entry("password", text -> true),
            Map.entry("date", TimeFormats::isDate),
            Map.entry("datetime", TimeFormats::isDateTime),
            Map.entry("duration", TimeFormats::isDuration),
            Map.entry("k8sshortname", Names::isLabel),
            Map.entry("k8slongname", text -> text.length() <= LONGEST_NAME && LONG_NAME.test(text)));

    private Formats() {}

    /// Whether a format of texts says something. Dashes in its name do not count.
    public static boolean isKnown(String format) {
        return KNOWN.containsKey(format.replace("-", ""));
    }

    /// Whether a text has a format; one has every format that is not known.
    static boolean accepts(String format, String text) {
        return Optional.ofNullable(KNOWN.get(format.replace("-", "")))
                .map(known -> known.test(text))
                .orElse(true);
    }

    private static Predicate<String> uuid(String third, String fourth) {
        return matching("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?" + third + "-?" + fourth + "-?[0-9a-f]{12}");
    }

    private static Predicate<String> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> pattern.matcher(text).matches();
    }
}
