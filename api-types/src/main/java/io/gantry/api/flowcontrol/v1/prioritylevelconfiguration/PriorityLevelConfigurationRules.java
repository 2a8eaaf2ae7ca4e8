package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.References;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules of PriorityLevelConfigurations (upstream `pkg/apis/flowcontrol/validation`).
public final class PriorityLevelConfigurationRules implements KindRules<PriorityLevelConfiguration> {
    private static final String EXEMPT = "exempt";
    private static final int ALL = 100;
    private static final int MAX_QUEUES = 10 * 1000 * 1000;

    /// What is dealt from is a hash of so many bits.
    private static final int MAX_HASH_BITS = 60;

    @Override
    public void validate(PriorityLevelConfiguration object, FieldErrors errors) {
        PriorityLevelConfigurationSpec spec = object.spec();
        if (EXEMPT.equals(object.metadata().name()) != text(spec.type()).equals("Exempt")) {
            errors.invalid("spec.type", text(spec.type()), "must be 'Exempt' if and only if `name` is 'exempt'");
        }
        switch (text(spec.type())) {
            case "Exempt" -> {
                if (spec.limited() != null) {
                    errors.forbidden("spec.limited", "must be nil if the type is not Limited");
                }
                if (spec.exempt() != null) {
                    notNegative(spec.exempt().nominalConcurrencyShares(), "spec.exempt", errors);
                    percent(spec.exempt().lendablePercent(), "spec.exempt", errors);
                }
            }
            case "Limited" -> {
                if (spec.exempt() != null) {
                    errors.forbidden("spec.exempt", "must be nil if the type is Limited");
                }
                if (spec.limited() == null) {
                    errors.required("spec.limited", "must not be empty when type is Limited");
                } else {
                    limited(spec.limited(), errors);
                }
            }
            default -> errors.notSupported("spec.type", text(spec.type()), List.of("Exempt", "Limited"));
        }
    }

    private static void limited(LimitedPriorityLevelConfiguration limited, FieldErrors errors) {
        notNegative(limited.nominalConcurrencyShares(), "spec.limited", errors);
        response(limited.limitResponse(), "spec.limited.limitResponse", errors);
        percent(limited.lendablePercent(), "spec.limited", errors);
        Integer borrowing = limited.borrowingLimitPercent();
        if (borrowing != null && borrowing < 0) {
            errors.invalid(
                    "spec.limited.borrowingLimitPercent", borrowing, "if specified, must be a non-negative integer");
        }
    }

    private static void notNegative(@Nullable Integer shares, String at, FieldErrors errors) {
        if (shares != null && shares < 0) {
            errors.invalid(at + ".nominalConcurrencyShares", shares, "must be a non-negative integer");
        }
    }

    private static void percent(@Nullable Integer percent, String at, FieldErrors errors) {
        if (percent != null && (percent < 0 || percent > ALL)) {
            errors.invalid(at + ".lendablePercent", percent, "must be between 0 and 100, inclusive");
        }
    }

    private static void response(@Nullable LimitResponse response, String at, FieldErrors errors) {
        String type = response == null ? "" : text(response.type());
        References.oneOf(type, List.of("Queue", "Reject"), at + ".type", errors);
        QueuingConfiguration queuing = response == null ? null : response.queuing();
        if (queuing == null) {
            if (type.equals("Queue")) {
                errors.required(at + ".queuing", "must not be empty if limited.limitResponse.type is Limited");
            }
        } else if (type.equals("Reject")) {
            errors.forbidden(at + ".queuing", "must be nil if limited.limitResponse.type is not Limited");
        } else if (type.equals("Queue")) {
            queuing(queuing, at + ".queuing", errors);
        }
    }

    private static void queuing(QueuingConfiguration queuing, String at, FieldErrors errors) {
        positive(queuing.queueLengthLimit(), at + ".queueLengthLimit", errors);
        int queues = positive(queuing.queues(), at + ".queues", errors);
        if (queues > MAX_QUEUES) {
            errors.invalid(at + ".queues", queues, "must not be greater than " + MAX_QUEUES);
        }
        int hand = positive(queuing.handSize(), at + ".handSize", errors);
        if (hand <= 0) {
            return;
        }
        if (hand > queues) {
            errors.invalid(at + ".handSize", hand, "should not be greater than queues (" + queues + ")");
        } else if (Math.ceil(Math.log(queues) / Math.log(2) * hand) > MAX_HASH_BITS) {
            errors.invalid(
                    at + ".handSize",
                    hand,
                    "required entropy bits of deckSize " + queues + " and handSize " + hand
                            + " should not be greater than " + MAX_HASH_BITS);
        }
    }

    private static int positive(@Nullable Integer value, String path, FieldErrors errors) {
        int given = value == null ? 0 : value;
        if (given <= 0) {
            errors.invalid(path, given, "must be positive");
        }
        return given;
    }
}
