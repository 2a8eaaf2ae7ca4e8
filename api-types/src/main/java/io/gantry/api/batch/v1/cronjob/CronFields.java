package io.gantry.api.batch.v1.cronjob;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Minutes that match five fields on the clocks of a time zone. Where both sorts of days are limited, either may match,
/// as in cron.
record CronFields(CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays, ZoneId zone)
        implements CronSchedule {
    static final int COUNT = 5;

    private static final int YEARS_AHEAD = 5;
    private static final int DAYS_A_WEEK = 7;

    /// @param fields as many as [#COUNT]
    /// @throws IllegalArgumentException for a field that cannot be read
    static CronFields parse(List<String> fields, ZoneId zone) {
        return new CronFields(
                CronField.parse(fields.get(0), CronBounds.MINUTE),
                CronField.parse(fields.get(1), CronBounds.HOUR),
                CronField.parse(fields.get(2), CronBounds.DAY),
                CronField.parse(fields.get(3), CronBounds.MONTH),
                CronField.parse(fields.get(4), CronBounds.WEEKDAY),
                zone);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        ZonedDateTime at = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        int lastYear = at.getYear() + YEARS_AHEAD;
        while (at.getYear() <= lastYear) {
            if (!months.has(at.getMonthValue())) {
                at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
            } else if (!hasDay(at)) {
                at = at.toLocalDate().plusDays(1).atStartOfDay(zone);
            } else if (!hours.has(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.has(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return Optional.of(at.toInstant());
            }
        }
        return Optional.empty();
    }

    private boolean hasDay(ZonedDateTime at) {
        boolean day = days.has(at.getDayOfMonth());
        boolean weekday = weekdays.has(at.getDayOfWeek().getValue() % DAYS_A_WEEK);
        return days.all() || weekdays.all() ? day && weekday : day || weekday;
    }
}
