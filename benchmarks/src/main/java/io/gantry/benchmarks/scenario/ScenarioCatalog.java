package io.gantry.benchmarks.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// All scenarios.
public final class ScenarioCatalog {
    private ScenarioCatalog() {}

    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (ObjectScenario.Kind kind : ObjectScenario.Kind.values()) {
            all.add(new ObjectScenario(kind, EnumSet.allOf(ObjectScenario.Step.class)));
            for (ObjectScenario.Step step : ObjectScenario.Step.values()) {
                all.add(new ObjectScenario(kind, EnumSet.of(step)));
            }
        }
        all.add(new ListScenario());
        all.add(new WatchScenario());
        all.add(new InformerScenario());
        all.add(new SchedulingScenario());
        all.add(new FairnessScenario());
        return all;
    }

    /// @throws IllegalArgumentException when there is none of that name
    public static Scenario find(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no scenario \"" + name + "\": --list shows those there are"));
    }
}
