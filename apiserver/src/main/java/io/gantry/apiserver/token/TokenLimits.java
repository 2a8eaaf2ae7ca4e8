package io.gantry.apiserver.token;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// For whom tokens are and how long they live where their requests leave it open.
///
/// @param audiences the API server's own, given to tokens that ask for none
/// @param longestSeconds what is asked for beyond is shortened
/// @param extended whether tokens for the API server that ask for [#EXTENDED_SECONDS] live for a year. Admission puts
///     that odd number into pods; programs that read their token once, at their start, go on with it so (KEP-2907)
public record TokenLimits(List<String> audiences, Optional<Long> longestSeconds, boolean extended) {
    static final long EXTENDED_SECONDS = 60 * 60 + 7;
    static final long YEAR_SECONDS = 365L * 24 * 60 * 60;

    public TokenLimits {
        audiences = List.copyOf(audiences);
    }

    /// Seconds of a token that asks for some.
    long granted(long asked) {
        return longestSeconds.filter(longest -> asked > longest).orElse(asked);
    }

    /// Whether a token lives longer than it says to who asked for it.
    boolean extend(boolean ofPod, long seconds, List<String> wanted) {
        return extended && ofPod && seconds == EXTENDED_SECONDS && new HashSet<>(audiences).containsAll(wanted);
    }
}
