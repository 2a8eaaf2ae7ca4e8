package io.gantry.api.schema;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;

/// Time zones by name, as Go's `time.LoadLocation` finds them: those of the IANA database and nothing else, where
/// Java's [ZoneId] also takes offsets (`+02:00`, `UTC+2`).
public final class GoTimeZones {
    /// What the database has as links and Java leaves out.
    private static final Map<String, String> LINKS = Map.of(
            "EST", "America/Panama",
            "MST", "America/Phoenix",
            "HST", "Pacific/Honolulu",
            "ROC", "Asia/Taipei",
            "GMT+0", "Etc/GMT",
            "GMT-0", "Etc/GMT");

    private static final String JAVAS_OWN = "SystemV/";

    private GoTimeZones() {}

    /// The zone of a name; that of none, and what the machine's clock shows (`Local`), are UTC.
    ///
    /// @throws IllegalArgumentException when there is none, in Go's words
    public static ZoneId load(String name) {
        if (name.isEmpty() || name.equals("UTC") || name.equals("Local")) {
            return ZoneOffset.UTC;
        }
        if (name.startsWith("/") || name.startsWith("\\") || name.contains("..")) {
            throw new IllegalArgumentException("time: invalid location name");
        }
        String linked = LINKS.getOrDefault(name, name);
        if (linked.startsWith(JAVAS_OWN)
                || !ZoneRulesProvider.getAvailableZoneIds().contains(linked)) {
            throw new IllegalArgumentException("unknown time zone " + name);
        }
        return ZoneId.of(linked);
    }
}
