package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;

/// How new a list shall be, and which page of it.
///
/// @param limit 0 for everything
/// @param start the first key below the list's prefix, empty for the first page
/// @param revision for all but [Consistency#CURRENT] and [Consistency#ANY]; negative for a page that goes on at the
/// newest
record ListQuery(Consistency consistency, long revision, int limit, String start) {
    enum Consistency {
        CURRENT,
        ANY,
        NOT_OLDER,
        EXACT,
        CONTINUED
    }

    /// @throws StatusException 400 for parameters that do not fit together
    static ListQuery of(Call call) {
        var query = call.request().query();
        int limit = limit(query.text("limit"));
        String version = query.text("resourceVersion");
        String match = query.text("resourceVersionMatch");
        String token = query.text("continue");
        if (!token.isEmpty()) {
            if (!match.isEmpty()) {
                throw invalid(
                        "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided");
            }
            if (!version.isEmpty() && !version.equals("0")) {
                throw StatusException.badRequest("specifying resource version is not allowed when using continue");
            }
            ContinueToken from = ContinueToken.decode(token);
            return new ListQuery(Consistency.CONTINUED, from.revision(), limit, from.start());
        }
        if (version.isEmpty()) {
            if (!match.isEmpty()) {
                throw invalid(
                        "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided");
            }
            return new ListQuery(Consistency.CURRENT, 0, limit, "");
        }
        return versioned(Reads.revision(version), match, limit);
    }

    private static ListQuery versioned(long revision, String match, int limit) {
        return switch (match) {
            case "" -> {
                if (revision == 0) {
                    yield new ListQuery(Consistency.ANY, 0, limit, "");
                }
                yield new ListQuery(limit > 0 ? Consistency.EXACT : Consistency.NOT_OLDER, revision, limit, "");
            }
            case "NotOlderThan" ->
                new ListQuery(revision == 0 ? Consistency.ANY : Consistency.NOT_OLDER, revision, limit, "");
            case "Exact" -> {
                if (revision == 0) {
                    throw invalid(
                            "resourceVersionMatch: Forbidden: resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
                }
                yield new ListQuery(Consistency.EXACT, revision, limit, "");
            }
            default ->
                throw invalid("resourceVersionMatch: Unsupported value: \"" + match
                        + "\": supported values: \"Exact\", \"NotOlderThan\", \"\"");
        };
    }

    private static StatusException invalid(String message) {
        return StatusException.badRequest(message);
    }

    private static int limit(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return (int) Math.clamp(Long.parseLong(text), 0, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw StatusException.badRequest("limit: Invalid value: \"" + text + "\": must be a number");
        }
    }
}
