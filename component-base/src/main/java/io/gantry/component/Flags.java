package io.gantry.component;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Flags of a process, `--name=value`, `--name value` or `--name` (true), as upstream's components take them; one of a
/// single letter also with one hyphen, `-v=2`. Reading a flag marks it known; [#rejectUnknown()] then refuses the rest
/// by name.
///
/// Not thread-safe: read in `main`.
public final class Flags {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Map<String, String> fallbacks = new HashMap<>();
    private boolean read;

    private Flags() {}

    /// Parses arguments.
    ///
    /// @throws IllegalArgumentException for an argument that is no flag
    public static Flags parse(String... arguments) {
        Flags flags = none();
        flags.add(arguments);
        return flags;
    }

    static Flags none() {
        return new Flags();
    }

    /// @throws IllegalArgumentException for an argument that is no flag
    void add(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = shorthand(arguments[i]);
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("unexpected argument \"" + argument + "\": flags are --name=value");
            }
            int equals = argument.indexOf('=');
            if (equals > 0) {
                given(argument.substring(2, equals), argument.substring(equals + 1));
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                given(argument.substring(2), arguments[++i]);
            } else {
                given(argument.substring(2), "true");
            }
        }
    }

    private static String shorthand(String argument) {
        boolean letter = argument.length() > 1 && argument.charAt(0) == '-' && Character.isLetter(argument.charAt(1));
        return letter && (argument.length() == 2 || argument.charAt(2) == '=') ? "-" + argument : argument;
    }

    private void given(String name, String value) {
        values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    /// The flags that were asked for so far, in alphabetical order: those there are, once all have been read.
    public List<String> names() {
        return List.copyOf(known);
    }

    /// The flags that were asked for so far, in alphabetical order, with what was given or else holds; several values
    /// as `[a,b]`.
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        for (String name : known) {
            List<String> given = values.getOrDefault(name, List.of());
            String several = "[" + String.join(",", given) + "]";
            settings.put(
                    name,
                    switch (given.size()) {
                        case 0 -> fallbacks.getOrDefault(name, "");
                        case 1 -> given.getFirst();
                        default -> several;
                    });
        }
        return settings;
    }

    /// The last value given, if any.
    public Optional<String> optional(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).map(List::getLast);
    }

    /// Every value given, in order.
    public List<String> all(String name) {
        known.add(name);
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /// What a flag lists: the items of each time that it is given, between commas; blank ones are none.
    public List<String> items(String name) {
        return all(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .filter(item -> !item.isBlank())
                .toList();
    }

    public String string(String name, String fallback) {
        fallbacks.put(name, fallback);
        return optional(name).orElse(fallback);
    }

    /// A flag that must be given.
    ///
    /// @throws IllegalArgumentException when it is not
    public String required(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " must be given"));
    }

    public Path path(String name) {
        return Path.of(required(name));
    }

    public Optional<Path> optionalPath(String name) {
        return optional(name).map(Path::of);
    }

    public int integer(String name, int fallback) {
        fallbacks.put(name, Integer.toString(fallback));
        return optional(name).map(text -> number(name, text)).orElse(fallback);
    }

    public boolean bool(String name, boolean fallback) {
        fallbacks.put(name, Boolean.toString(fallback));
        return optional(name).map(text -> truth(name, text)).orElse(fallback);
    }

    /// A value of a kind that flags do not know.
    ///
    /// @param reader throws an [IllegalArgumentException] that says what is wrong with a text
    /// @throws IllegalArgumentException naming the flag, for what the reader does not take
    public <T> T parsed(String name, String fallback, Function<String, T> reader) {
        String text = string(name, fallback);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + name + "=" + text + ": " + e.getMessage(), e);
        }
    }

    /// Refuses flags that nobody read; all that there are have been read then.
    ///
    /// @throws IllegalArgumentException naming them and those that exist
    public void rejectUnknown() {
        List<String> unknown =
                values.keySet().stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown flag --" + String.join(", --", unknown) + "; there are: --" + String.join(", --", known));
        }
        read = true;
    }

    /// Whether the process has read its flags and found nothing wrong: what goes wrong later is not theirs.
    boolean areRead() {
        return read;
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + "=" + text + ": not a whole number", e);
        }
    }

    private static boolean truth(String name, String text) {
        return switch (text) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw new IllegalArgumentException("--" + name + "=" + text + ": neither true nor false");
        };
    }
}
