package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.http.Query;
import java.util.List;
import java.util.regex.Pattern;

/// How new a list shall be, and which page of it.
///
/// @param limit 0 for everything
/// @param start the first key below the list's prefix, empty for the first page
/// @param revision for all but [Consistency#CURRENT] and [Consistency#ANY]; negative for a page that goes on at the
/// newest
record ListQuery(Consistency consistency, long revision, int limit, String start) {
    private static final String MATCH = "resourceVersionMatch";
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]+");

    enum Consistency {
        CURRENT,
        ANY,
        NOT_OLDER,
        EXACT,
        CONTINUED
    }

    /// @throws StatusException 400 for parameters that cannot be read, 422 for those that do not fit together
    static ListQuery of(Call call) {
        Query query = call.request().query();
        number(query, "timeoutSeconds");
        int limit = (int) Math.clamp(number(query, "limit"), 0, Integer.MAX_VALUE);
        String version = query.text("resourceVersion");
        String match = query.text(MATCH);
        String token = query.text("continue");
        check(query, version, match, token);
        if (!token.isEmpty()) {
            ContinueToken from = ContinueToken.decode(token);
            if (!version.isEmpty() && !version.equals("0")) {
                throw StatusException.badRequest("specifying resource version is not allowed when using continue");
            }
            return new ListQuery(Consistency.CONTINUED, from.revision(), limit, from.start());
        }
        return version.isEmpty()
                ? new ListQuery(Consistency.CURRENT, 0, limit, "")
                : versioned(revision(version), match, limit);
    }

    private static void check(Query query, String version, String match, String token) {
        FieldErrors errors = new FieldErrors();
        if (!match.isEmpty()) {
            if (version.isEmpty()) {
                errors.forbidden(MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
            }
            if (!token.isEmpty()) {
                errors.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
            }
            if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
                errors.notSupported(MATCH, match, List.of("Exact", "NotOlderThan", ""));
            }
            if (match.equals("Exact") && version.equals("0")) {
                errors.forbidden(MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
            }
        }
        if (query.get("sendInitialEvents") != null) {
            errors.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        refuse(errors);
    }

    /// @throws StatusException 422 when there is an error
    static void refuse(FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw StatusException.invalid("meta.k8s.io", "ListOptions", "", errors.all());
        }
    }

    private static ListQuery versioned(long revision, String match, int limit) {
        if (revision == 0) {
            // Whoever takes any state gets all of it: upstream's cache ignores the limit there.
            return new ListQuery(Consistency.ANY, 0, 0, "");
        }
        boolean exact = match.equals("Exact") || match.isEmpty() && limit > 0;
        return new ListQuery(exact ? Consistency.EXACT : Consistency.NOT_OLDER, revision, limit, "");
    }

    /// @throws StatusException 400 for what is no revision
    static long revision(String text) {
        try {
            long revision = Long.parseUnsignedLong(text);
            return revision < 0 ? Long.MAX_VALUE : revision;
        } catch (NumberFormatException e) {
            throw StatusException.badRequest("invalid resource version: resourceVersion: Invalid value: \"" + text
                    + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
        }
    }

    /// A query parameter that is a number; 0 where it is not given.
    ///
    /// @throws StatusException 400
    static long number(Query query, String name) {
        String text = query.get(name);
        if (text == null) {
            return 0;
        }
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw unread(text, "invalid syntax");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unread(text, "value out of range");
        }
    }

    private static StatusException unread(String text, String why) {
        return StatusException.badRequest("strconv.ParseInt: parsing \"" + text + "\": " + why);
    }
}
