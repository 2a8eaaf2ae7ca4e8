package io.gantry.kubeproxy.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The wanted content of one nftables table. Immutable; two rulesets are compared by [RulesetDiff].
///
/// @param sets sets and maps by name
/// @param chains chains by name
public record Ruleset(Map<String, NftSet> sets, Map<String, Chain> chains) {
    public static final Ruleset EMPTY = new Ruleset(Map.of(), Map.of());

    public Ruleset {
        sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
        chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    }

    /// A chain.
    ///
    /// @param hook `type … hook … priority …` of a base chain, empty for others
    /// @param rules in nft's syntax
    public record Chain(String hook, List<String> rules) {
        public Chain {
            rules = List.copyOf(rules);
        }
    }

    /// A set or map.
    ///
    /// @param map whether elements have values
    /// @param definition type and flags in nft's syntax; must not change under the same name
    /// @param elements key to value; the value is empty for sets. dynamic
    ///     sets have none here, the kernel fills them
    public record NftSet(boolean map, String definition, Map<String, String> elements) {
        public NftSet {
            elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        }

        /// A set of these keys.
        public static NftSet set(String definition, List<String> keys) {
            Map<String, String> elements = new LinkedHashMap<>();
            keys.forEach(key -> elements.put(key, ""));
            return new NftSet(false, definition, elements);
        }
    }
}
