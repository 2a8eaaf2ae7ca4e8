package io.gantry.kubeproxy.rules;

import io.gantry.kubeproxy.rules.Ruleset.Chain;
import io.gantry.kubeproxy.rules.Ruleset.NftSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Writes the nft commands that turn one ruleset into another in a single transaction. Pure. The order
/// matters: what is referred to is made before and removed after what refers to it.
public final class RulesetDiff {
    private final String table;
    private final StringBuilder text = new StringBuilder();

    private RulesetDiff(String table) {
        this.table = table;
    }

    /// Commands that change the table in place; empty when both are equal.
    ///
    /// @param table family and name, e.g. `ip gantry`
    public static String change(String table, Ruleset before, Ruleset after) {
        RulesetDiff diff = new RulesetDiff(table);
        diff.write(before, after);
        return diff.text.toString();
    }

    /// Commands that replace the whole table, whatever it holds now. Connections live on: they are in conntrack.
    public static String rebuild(String table, Ruleset wanted) {
        return "add table " + table + "\ndelete table " + table + "\nadd table " + table + "\n"
                + change(table, Ruleset.EMPTY, wanted);
    }

    private void write(Ruleset before, Ruleset after) {
        addSets(before, after);
        addChains(before, after);
        writeRules(before, after);
        for (Map.Entry<String, NftSet> set : after.sets().entrySet()) {
            NftSet old = before.sets().get(set.getKey());
            changeElements(
                    set.getKey(),
                    old == null ? Map.of() : old.elements(),
                    set.getValue().elements());
        }
        List<String> gone = missing(before.chains(), after.chains());
        gone.forEach(name -> line("flush chain", name, ""));
        gone.forEach(name -> line("delete chain", name, ""));
        missing(before.sets(), after.sets())
                .forEach(name -> line(
                        Objects.requireNonNull(before.sets().get(name)).map() ? "delete map" : "delete set", name, ""));
    }

    private void addSets(Ruleset before, Ruleset after) {
        after.sets().forEach((name, set) -> {
            NftSet old = before.sets().get(name);
            if (old == null) {
                line(set.map() ? "add map" : "add set", name, " { " + set.definition() + " ; }");
            } else if (!old.definition().equals(set.definition())) {
                throw new IllegalStateException("definition of " + name + " changed");
            }
        });
    }

    private void addChains(Ruleset before, Ruleset after) {
        after.chains().forEach((name, chain) -> {
            if (!before.chains().containsKey(name)) {
                line("add chain", name, chain.hook().isEmpty() ? "" : " { " + chain.hook() + " ; }");
            }
        });
    }

    private void writeRules(Ruleset before, Ruleset after) {
        after.chains().forEach((name, chain) -> {
            Chain old = before.chains().get(name);
            if (chain.equals(old)) {
                return;
            }
            if (old != null) {
                line("flush chain", name, "");
            }
            chain.rules().forEach(rule -> line("add rule", name, " " + rule));
        });
    }

    private void changeElements(String name, Map<String, String> before, Map<String, String> after) {
        if (before.equals(after)) {
            return;
        }
        List<String> removed = new ArrayList<>();
        List<String> added = new ArrayList<>();
        before.forEach((key, value) -> {
            if (!value.equals(after.get(key))) {
                removed.add(element(key, value));
            }
        });
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                added.add(element(key, value));
            }
        });
        if (!removed.isEmpty()) {
            line("delete element", name, braces(removed));
        }
        if (!added.isEmpty()) {
            line("add element", name, braces(added));
        }
    }

    private static String element(String key, String value) {
        return value.isEmpty() ? key : key + " : " + value;
    }

    private static String braces(List<String> elements) {
        return elements.stream().collect(Collectors.joining(", ", " { ", " }"));
    }

    private static <V> List<String> missing(Map<String, V> before, Map<String, V> after) {
        return before.keySet().stream().filter(name -> !after.containsKey(name)).toList();
    }

    private void line(String command, String name, String rest) {
        text.append(command)
                .append(' ')
                .append(table)
                .append(' ')
                .append(name)
                .append(rest)
                .append('\n');
    }
}
