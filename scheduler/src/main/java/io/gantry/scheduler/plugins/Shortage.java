package io.gantry.scheduler.plugins;

import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a node has too little of, as bits; the verdicts of all combinations exist once, as they are made
/// by the thousand.
final class Shortage {
    static final int PODS = 1;
    static final int CPU = 1 << 1;
    static final int MEMORY = 1 << 2;
    static final int STORAGE = 1 << 3;

    /// Not even an empty node would do.
    private static final int HOPELESS = 1 << 4;

    private static final Verdict[] VERDICTS = new Verdict[HOPELESS << 1];

    static {
        for (int bits = 0; bits < VERDICTS.length; bits++) {
            List<String> reasons = reasons(bits);
            VERDICTS[bits] = reasons.isEmpty() ? Verdict.FITS : new Verdict.Rejected(reasons, (bits & HOPELESS) == 0);
        }
    }

    private Shortage() {}

    private static List<String> reasons(int bits) {
        List<String> reasons = new ArrayList<>();
        if ((bits & PODS) != 0) {
            reasons.add("Too many pods");
        }
        if ((bits & CPU) != 0) {
            reasons.add("Insufficient cpu");
        }
        if ((bits & MEMORY) != 0) {
            reasons.add("Insufficient memory");
        }
        if ((bits & STORAGE) != 0) {
            reasons.add("Insufficient ephemeral-storage");
        }
        return reasons;
    }

    /// The bit when the amount is not free, 0 when it is.
    static int of(int bit, long wanted, long used, long has) {
        if (wanted == 0 || wanted <= has - used) {
            return 0;
        }
        return wanted <= has ? bit : bit | HOPELESS;
    }

    static Verdict verdict(int bits) {
        return VERDICTS[bits];
    }

    static Verdict verdict(int bits, Map<String, Long> scalars, Resources used, Resources has) {
        int all = bits;
        List<String> reasons = new ArrayList<>(0);
        for (Map.Entry<String, Long> scalar : scalars.entrySet()) {
            String name = scalar.getKey();
            int missing = of(CPU, scalar.getValue(), used.scalar(name), has.scalar(name));
            if (missing != 0) {
                reasons.add("Insufficient " + name);
                all |= missing & HOPELESS;
            }
        }
        if (reasons.isEmpty()) {
            return VERDICTS[bits];
        }
        reasons.addAll(0, reasons(bits));
        return new Verdict.Rejected(reasons, (all & HOPELESS) == 0);
    }
}
