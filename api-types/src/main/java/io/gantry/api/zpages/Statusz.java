package io.gantry.api.zpages;

import io.gantry.api.Json;
import io.gantry.api.schema.GoTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// What a process is.
///
/// @param started when it did
/// @param now when somebody asks
/// @param binaryVersion its own
/// @param emulationVersion of the API that it serves, `1.36`
/// @param paths where more can be read, the first part of each
public record Statusz(
        String component,
        Instant started,
        Instant now,
        String binaryVersion,
        String emulationVersion,
        List<String> paths)
        implements ZPage {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Set<String> NOT_FOR_DEBUGGING = Set.of("apis", "api", "openid", "openapi", ".well-known");

    /// As Go's `time.UnixDate`.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss zzz yyyy", Locale.ENGLISH);

    public Statusz {
        paths = List.copyOf(paths);
    }

    /// The first parts of paths, without those of the API.
    public static List<String> firstParts(Collection<String> paths) {
        Set<String> parts = new TreeSet<>();
        for (String path : paths) {
            String[] words = path.split("/");
            if (words.length > 1 && !words[1].isEmpty() && !NOT_FOR_DEBUGGING.contains(words[1])) {
                parts.add("/" + words[1]);
            }
        }
        return List.copyOf(parts);
    }

    @Override
    public String kind() {
        return "Statusz";
    }

    private long upSeconds() {
        return Math.max(0, Duration.between(started, now).toSeconds());
    }

    /// There is no Go here; `/version` says so too.
    @Override
    public ObjectNode fields() {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("startTime", GoTimes.seconds(started))
                .put("uptimeSeconds", upSeconds())
                .put("goVersion", "")
                .put("binaryVersion", binaryVersion)
                .put("emulationVersion", emulationVersion);
        paths.forEach(fields.putArray("paths")::add);
        return fields;
    }

    @Override
    public String lines(String separator) {
        long seconds = upSeconds();
        String up = String.format("%d hr %02d min %02d sec", seconds / 3600, seconds / 60 % 60, seconds % 60);
        String listed = String.join(" ", paths);
        return String.join(
                "\n",
                "",
                "Started" + separator + " " + DATE.format(ZonedDateTime.ofInstant(started, UTC)),
                "Up" + separator + " " + up,
                "Go version" + separator + " ",
                "Binary version" + separator + " " + binaryVersion,
                "Emulation version" + separator + " " + emulationVersion,
                listed.isEmpty() ? "" : "Paths" + separator + " " + listed,
                "");
    }
}
