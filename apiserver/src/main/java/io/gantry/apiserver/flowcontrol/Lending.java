package io.gantry.apiserver.flowcontrol;

import java.util.List;

/// Divides the server's seats among priority levels by what they want (KEP-1040, "dynamic seat borrowing"): a level
/// keeps what it needs of its nominal seats, and of the rest what it does not lend; what is left goes to those who want
/// more, in proportion, up to what each may borrow.
final class Lending {
    private static final double PERCENT = 100;
    private static final int STEPS = 60;

    private Lending() {}

    /// A level.
    ///
    /// @param nominal its seats when everybody wants all
    /// @param borrowingPercent of its nominal seats, negative without a limit
    /// @param demand the most seats wanted at once of late
    /// @param smooth the same, going down slowly
    record Want(int nominal, int lendablePercent, int borrowingPercent, int demand, double smooth) {
        private double floor() {
            long lendable = Math.round(nominal * lendablePercent / PERCENT);
            return Math.max(nominal - lendable, Math.min(nominal, demand));
        }

        private double ceiling() {
            return borrowingPercent < 0
                    ? Double.MAX_VALUE
                    : nominal + (double) Math.round(nominal * borrowingPercent / PERCENT);
        }

        private double at(double fraction) {
            return Math.min(ceiling(), Math.max(floor(), fraction * Math.max(floor(), smooth)));
        }
    }

    /// The seats of each, in the same order; 1 at least.
    ///
    /// @param seats of all together
    static int[] limits(List<Want> wants, int seats) {
        double low = 0;
        double high = seats;
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (sum(wants, middle) > seats) {
                high = middle;
            } else {
                low = middle;
            }
        }
        double fraction = low;
        return wants.stream()
                .mapToInt(want -> (int) Math.max(1, Math.round(want.at(fraction))))
                .toArray();
    }

    private static double sum(List<Want> wants, double fraction) {
        double sum = 0;
        for (Want want : wants) {
            sum += want.at(fraction);
        }
        return sum;
    }
}
