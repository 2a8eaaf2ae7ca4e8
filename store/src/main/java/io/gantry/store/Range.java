package io.gantry.store;

/// What to read: keys in `[start, end)`.
///
/// @param start first key, inclusive
/// @param end exclusive end
/// @param limit at most so many entries; 0 means all
/// @param revision as of this revision; 0 means the newest
public record Range(String start, String end, int limit, long revision) {
    public Range {
        if (start.isEmpty() || limit < 0 || revision < 0) {
            throw new IllegalArgumentException(
                    "bad range: start=" + start + " limit=" + limit + " revision=" + revision);
        }
    }

    /// All keys with the prefix, at the newest revision.
    public static Range prefix(String prefix) {
        return new Range(prefix, end(prefix), 0, 0);
    }

    /// The smallest string greater than every string with the prefix.
    public static String end(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    public Range withLimit(int newLimit) {
        return new Range(start, end, newLimit, revision);
    }

    public Range withRevision(long newRevision) {
        return new Range(start, end, limit, newRevision);
    }

    public Range from(String newStart) {
        return new Range(newStart, end, limit, revision);
    }
}
