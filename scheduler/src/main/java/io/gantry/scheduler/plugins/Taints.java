package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Taint;

/// What taints mean to the scheduler.
final class Taints {
    private Taints() {}

    /// Whether the taint keeps pods from being scheduled: `NoSchedule` or `NoExecute`.
    static boolean repels(Taint taint) {
        return taint.effect().equals("NoSchedule") || taint.effect().equals("NoExecute");
    }
}
