package io.gantry.apiserver.flowcontrol;

import io.gantry.api.flowcontrol.v1.prioritylevelconfiguration.PriorityLevelConfiguration;
import io.gantry.api.flowcontrol.v1.prioritylevelconfiguration.QueuingConfiguration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The settings of one priority level.
///
/// @param shares its part of all seats, beside the shares of the other levels
/// @param queues 0 refuses what finds no seat
/// @param lendablePercent how much of its seats others may have while it needs them not
/// @param borrowingPercent how many seats it may borrow, in percent of its own; negative without a limit
record LevelSettings(
        String name,
        String uid,
        boolean exempt,
        int shares,
        int queues,
        int handSize,
        int queueLengthLimit,
        int lendablePercent,
        int borrowingPercent) {
    private static final int DEFAULT_SHARES = 30;
    private static final int DEFAULT_QUEUES = 64;
    private static final int DEFAULT_HAND = 8;
    private static final int DEFAULT_LENGTH = 50;

    static LevelSettings of(PriorityLevelConfiguration object) {
        String name = Objects.requireNonNullElse(object.metadata().name(), "");
        String uid = Objects.requireNonNullElse(object.metadata().uid(), "");
        var limited = object.spec().limited();
        if ("Exempt".equals(object.spec().type()) || limited == null) {
            return new LevelSettings(name, uid, true, 0, 0, 0, 0, 0, -1);
        }
        int shares = or(limited.nominalConcurrencyShares(), DEFAULT_SHARES);
        int lendable = Math.clamp(or(limited.lendablePercent(), 0), 0, 100);
        int borrowing = or(limited.borrowingLimitPercent(), -1);
        var response = limited.limitResponse();
        if (response == null || !"Queue".equals(response.type())) {
            return new LevelSettings(name, uid, false, shares, 0, 0, 0, lendable, borrowing);
        }
        QueuingConfiguration queuing = response.queuing();
        int queues = queuing == null ? DEFAULT_QUEUES : Math.max(1, or(queuing.queues(), DEFAULT_QUEUES));
        int hand = queuing == null ? DEFAULT_HAND : Math.max(1, or(queuing.handSize(), DEFAULT_HAND));
        int length = queuing == null ? DEFAULT_LENGTH : Math.max(1, or(queuing.queueLengthLimit(), DEFAULT_LENGTH));
        return new LevelSettings(name, uid, false, shares, queues, Math.min(hand, queues), length, lendable, borrowing);
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
