package io.gantry.api.batch.v1.cronjob;

/// A field of a schedule: ranges with steps, divided by commas. A field without any matches nothing.
///
/// @param bits which numbers match: the lowest bit stands for zero
/// @param all whether one of the ranges is `*` or `?` without a step, as which days count together is told by
record CronField(long bits, boolean all) {

    /// @throws IllegalArgumentException with upstream's words
    static CronField parse(String text, CronBounds bounds) {
        CronField field = new CronField(0, false);
        for (String range : text.split(",")) {
            if (!range.isEmpty()) {
                field = field.or(range(range, bounds));
            }
        }
        return field;
    }

    boolean has(int number) {
        return (bits & 1L << number) != 0;
    }

    private CronField or(CronField other) {
        return new CronField(bits | other.bits, all || other.all);
    }

    /// A number, two with a hyphen between them, or all (then nothing is made of what follows a hyphen), with or
    /// without a step; a number with a step stands for it and all above.
    private static CronField range(String text, CronBounds bounds) {
        String[] stepped = text.split("/", -1);
        String[] ends = stepped[0].split("-", -1);
        boolean all = ends[0].equals("*") || ends[0].equals("?");
        long first = bounds.min();
        long last = bounds.max();
        if (!all) {
            first = bounds.number(ends[0]);
            last = switch (ends.length) {
                case 1 -> stepped.length == 2 ? bounds.max() : first;
                case 2 -> bounds.number(ends[1]);
                default -> throw new IllegalArgumentException("too many hyphens: " + text);
            };
        }
        long step = switch (stepped.length) {
            case 1 -> 1;
            case 2 -> CronBounds.integer(stepped[1]);
            default -> throw new IllegalArgumentException("too many slashes: " + text);
        };
        check(text, bounds, first, last, step);
        long bits = 0;
        long stride = Math.min(step, bounds.max() + 1); // one of any length goes past the end, and must not overflow
        for (long number = first; number <= last; number += stride) {
            bits |= 1L << number;
        }
        return new CronField(bits, all && step == 1);
    }

    private static void check(String text, CronBounds bounds, long first, long last, long step) {
        if (first < bounds.min()) {
            throw new IllegalArgumentException(
                    "beginning of range (" + first + ") below minimum (" + bounds.min() + "): " + text);
        }
        if (last > bounds.max()) {
            throw new IllegalArgumentException(
                    "end of range (" + last + ") above maximum (" + bounds.max() + "): " + text);
        }
        if (first > last) {
            throw new IllegalArgumentException(
                    "beginning of range (" + first + ") beyond end of range (" + last + "): " + text);
        }
        if (step == 0) {
            throw new IllegalArgumentException("step of range should be a positive number: " + text);
        }
    }
}
