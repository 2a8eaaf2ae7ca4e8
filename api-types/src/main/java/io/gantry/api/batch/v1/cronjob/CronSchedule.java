package io.gantry.api.batch.v1.cronjob;

import io.gantry.api.schema.GoDurations;
import io.gantry.api.schema.GoTimeZones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// When a CronJob is due: five fields as cron writes them, a descriptor such as `@hourly`, or `@every 1h30m`; with a
/// time zone in front, `TZ=Europe/Berlin 0 9 * * *`. What upstream's `ParseStandard` of `github.com/robfig/cron` v3
/// takes is taken, all else is refused in its words. Immutable.
public sealed interface CronSchedule permits CronFields, CronInterval {
    /// Reads a schedule.
    ///
    /// @param local the zone where the text names none
    /// @throws IllegalArgumentException with upstream's words where it is none
    static CronSchedule parse(String text, ZoneId local) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty spec string");
        }
        if (!text.startsWith("TZ=") && !text.startsWith("CRON_TZ=")) {
            return parseIn(local, text);
        }
        int space = text.indexOf(' ');
        if (space < 0) {
            // Upstream's parser panics here; its callers recover and say so.
            throw new IllegalArgumentException(
                    "invalid schedule format: runtime error: slice bounds out of range [:-1]");
        }
        ZoneId zone = zone(text.substring(text.indexOf('=') + 1, space));
        return parseIn(zone, text.substring(space).strip());
    }

    private static ZoneId zone(String name) {
        try {
            return GoTimeZones.load(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("provided bad location " + name + ": " + unknown.getMessage(), unknown);
        }
    }

    private static CronSchedule parseIn(ZoneId zone, String text) {
        if (text.startsWith("@")) {
            return descriptor(zone, text);
        }
        List<String> fields = Arrays.stream(text.split("\\s+"))
                .filter(field -> !field.isEmpty())
                .toList();
        if (fields.size() != CronFields.COUNT) {
            throw new IllegalArgumentException("expected exactly " + CronFields.COUNT + " fields, found "
                    + fields.size() + ": [" + String.join(" ", fields) + "]");
        }
        return CronFields.parse(fields, zone);
    }

    private static CronSchedule descriptor(ZoneId zone, String text) {
        return switch (text) {
            case "@yearly", "@annually" -> parseIn(zone, "0 0 1 1 *");
            case "@monthly" -> parseIn(zone, "0 0 1 * *");
            case "@weekly" -> parseIn(zone, "0 0 * * 0");
            case "@daily", "@midnight" -> parseIn(zone, "0 0 * * *");
            case "@hourly" -> parseIn(zone, "0 * * * *");
            default -> interval(text);
        };
    }

    private static CronSchedule interval(String text) {
        String every = "@every ";
        if (!text.startsWith(every)) {
            throw new IllegalArgumentException("unrecognized descriptor: " + text);
        }
        Duration length;
        try {
            length = GoDurations.parse(text.substring(every.length()));
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException("failed to parse duration " + text + ": " + none.getMessage(), none);
        }
        return new CronInterval(length);
    }

    /// The first time after `after`; empty where there is none within five years, as on the 30th of February.
    Optional<Instant> next(Instant after);
}
