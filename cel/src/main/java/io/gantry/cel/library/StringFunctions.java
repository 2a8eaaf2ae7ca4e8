package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.DYN;
import static io.gantry.cel.library.Overloads.INT;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.STRINGS;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.ListType;
import io.gantry.cel.value.CelError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Texts: CEL's own functions and version 2 of its strings extension. Positions count code points.
final class StringFunctions {
    private static final int MAX_LENGTH = 16 * 1024 * 1024;

    private StringFunctions() {}

    static void add(FunctionTable table) {
        table.standard("contains", args -> Arguments.text(args[0]).contains(Arguments.text(args[1])));
        table.standard("startsWith", args -> Arguments.text(args[0]).startsWith(Arguments.text(args[1])));
        table.standard("endsWith", args -> Arguments.text(args[0]).endsWith(Arguments.text(args[1])));
        positions(table);
        table.declare(
                "lowerAscii",
                String.class,
                args -> ascii(Arguments.text(args[0]), 'A', 'Z', 32),
                member("string_lower_ascii", STRING, STRING));
        table.declare(
                "upperAscii",
                String.class,
                args -> ascii(Arguments.text(args[0]), 'a', 'z', -32),
                member("string_upper_ascii", STRING, STRING));
        table.declare(
                "trim", String.class, args -> trim(Arguments.text(args[0])), member("string_trim", STRING, STRING));
        pieces(table);
        table.declare(
                "format",
                String.class,
                args -> StringFormat.format(Arguments.text(args[0]), Arguments.list(args[1])),
                member("string_format", STRING, STRING, ListType.create(DYN)));
        table.declare(
                "strings.quote",
                String.class,
                args -> quote(Arguments.text(args[0])),
                global("strings_quote", STRING, STRING));
    }

    private static void positions(FunctionTable table) {
        table.declare(
                "charAt",
                String.class,
                args -> charAt(Arguments.text(args[0]), Arguments.number(args[1])),
                member("string_char_at_int", STRING, STRING, INT));
        table.declare(
                "indexOf",
                String.class,
                args -> indexOf(Arguments.text(args[0]), Arguments.text(args[1]), args),
                member("string_index_of_string", INT, STRING, STRING),
                member("string_index_of_string_int", INT, STRING, STRING, INT));
        table.declare(
                "lastIndexOf",
                String.class,
                args -> lastIndexOf(Arguments.text(args[0]), Arguments.text(args[1]), args),
                member("string_last_index_of_string", INT, STRING, STRING),
                member("string_last_index_of_string_int", INT, STRING, STRING, INT));
        table.declare(
                "substring",
                String.class,
                args -> substring(Arguments.text(args[0]), args),
                member("string_substring_int", STRING, STRING, INT),
                member("string_substring_int_int", STRING, STRING, INT, INT));
    }

    private static void pieces(FunctionTable table) {
        table.declare(
                "replace",
                String.class,
                args -> replace(
                        Arguments.text(args[0]),
                        Arguments.text(args[1]),
                        Arguments.text(args[2]),
                        args.length > 3 ? Arguments.number(args[3]) : -1),
                member("string_replace_string_string", STRING, STRING, STRING, STRING),
                member("string_replace_string_string_int", STRING, STRING, STRING, STRING, INT));
        table.declare(
                "split",
                String.class,
                args -> split(
                        Arguments.text(args[0]),
                        Arguments.text(args[1]),
                        args.length > 2 ? Arguments.number(args[2]) : -1),
                member("string_split_string", STRINGS, STRING, STRING),
                member("string_split_string_int", STRINGS, STRING, STRING, INT));
        table.declare(
                "join",
                List.class,
                args -> join(Arguments.list(args[0]), args.length > 1 ? Arguments.text(args[1]) : ""),
                member("list_join", STRING, STRINGS),
                member("list_join_string", STRING, STRINGS, STRING));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static int at(String text, long position) {
        return text.offsetByCodePoints(0, (int) position);
    }

    private static CelError outOfRange(long position) {
        return new CelError("index out of range: " + position);
    }

    private static Object charAt(String text, long position) {
        if (position < 0 || position > length(text)) {
            throw outOfRange(position);
        }
        return position == length(text) ? "" : Character.toString(text.codePointAt(at(text, position)));
    }

    private static Object indexOf(String text, String part, Object... args) {
        long from = args.length > 2 ? Arguments.number(args[2]) : 0;
        if (part.isEmpty() && args.length <= 2) {
            return 0L;
        }
        if (from < 0) {
            throw outOfRange(from);
        }
        if (part.isEmpty()) {
            return from;
        }
        if (from >= length(text)) {
            return -1L;
        }
        return position(text, text.indexOf(part, at(text, from)));
    }

    private static Object lastIndexOf(String text, String part, Object... args) {
        int length = length(text);
        long from = args.length > 2 ? Arguments.number(args[2]) : length;
        if (part.isEmpty()) {
            return args.length > 2 ? from : (long) length;
        }
        if (args.length > 2 && (from < 0 || from > length - 1)) {
            if (from < 0) {
                throw outOfRange(from);
            }
            from = length - 1L;
        }
        return position(text, text.lastIndexOf(part, from >= length ? text.length() : at(text, Math.max(0, from))));
    }

    private static long position(String text, int index) {
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static Object substring(String text, Object... args) {
        int length = length(text);
        long start = Arguments.number(args[1]);
        long end = args.length > 2 ? Arguments.number(args[2]) : length;
        if (args.length > 2 && start > end) {
            throw new CelError("invalid substring range. start: " + start + ", end: " + end);
        }
        if (start < 0 || start > length) {
            throw outOfRange(start);
        }
        if (end < 0 || end > length) {
            throw outOfRange(end);
        }
        return text.substring(at(text, start), at(text, end));
    }

    private static String ascii(String text, char from, char to, int shift) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < changed.length(); i++) {
            char c = changed.charAt(i);
            if (c >= from && c <= to) {
                changed.setCharAt(i, (char) (c + shift));
            }
        }
        return changed.toString();
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static String replace(String text, String old, String replacement, long limit) {
        if (limit == 0 || old.equals(replacement)) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int from = 0;
        long count = 0;
        while (limit < 0 || count < limit) {
            int found = old.isEmpty() ? nextBoundary(text, from, count) : text.indexOf(old, from);
            if (found < 0) {
                break;
            }
            checkLength((long) result.length() + found - from + replacement.length());
            result.append(text, from, found).append(replacement);
            from = found + old.length();
            count++;
        }
        return result.append(text.substring(from)).toString();
    }

    /// Costs are counted by what goes in; what comes out may be its square.
    private static void checkLength(long length) {
        if (length > MAX_LENGTH) {
            throw new CelError("the text is longer than " + MAX_LENGTH + " characters");
        }
    }

    private static int nextBoundary(String text, int from, long count) {
        if (count == 0) {
            return 0;
        }
        return from >= text.length() ? -1 : text.offsetByCodePoints(from, 1);
    }

    private static List<Object> split(String text, String separator, long limit) {
        List<Object> pieces = new ArrayList<>();
        if (limit == 0) {
            return pieces;
        }
        int from = 0;
        while (limit < 0 || pieces.size() < limit - 1) {
            int found = separator.isEmpty()
                    ? from >= text.length() || text.offsetByCodePoints(from, 1) >= text.length()
                            ? -1
                            : text.offsetByCodePoints(from, 1)
                    : text.indexOf(separator, from);
            if (found < 0) {
                break;
            }
            pieces.add(text.substring(from, found));
            from = found + separator.length();
        }
        if (!(separator.isEmpty() && text.isEmpty())) {
            pieces.add(text.substring(from));
        }
        return pieces;
    }

    private static String join(List<?> list, String separator) {
        long length = (long) separator.length() * Math.max(0, list.size() - 1);
        for (Object element : list) {
            length += Arguments.text(element).length();
        }
        checkLength(length);
        return list.stream().map(Arguments::text).collect(Collectors.joining(separator));
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\u0007' -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\u000b' -> quoted.append("\\v");
                case '\\' -> quoted.append("\\\\");
                case '"' -> quoted.append("\\\"");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
