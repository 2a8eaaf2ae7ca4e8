package io.gantry.kubeproxy.policy;

import io.gantry.api.networking.AddressRange;
import io.gantry.kubeproxy.rules.Ruleset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Decides as nft would what becomes of the first packet of a connection; knows the words that policies are made of.
///
/// @param protocol `tcp`, `udp` or `sctp`
record Verdicts(Ruleset rules, String from, String to, String protocol, int port) {
    private enum Verdict {
        ACCEPT,
        DROP,
        NEXT
    }

    /// Whether a packet that is forwarded passes.
    boolean forwarded() {
        return passes("out-forward") && passes("in-forward");
    }

    /// Whether a packet to the node passes.
    boolean toTheNode() {
        return passes("out-input");
    }

    private boolean passes(String base) {
        return run(base) != Verdict.DROP;
    }

    private Verdict run(String chain) {
        for (String rule :
                Objects.requireNonNull(rules.chains().get(chain), chain).rules()) {
            Deque<String> words = new ArrayDeque<>(Arrays.asList(rule.split(" ")));
            Verdict verdict = rule(words);
            if (verdict != Verdict.NEXT) {
                return verdict;
            }
        }
        return Verdict.NEXT;
    }

    private Verdict rule(Deque<String> words) {
        while (!words.isEmpty()) {
            String word = words.pop();
            switch (word) {
                case "accept" -> {
                    return Verdict.ACCEPT;
                }
                case "drop" -> {
                    return Verdict.DROP;
                }
                case "jump", "goto" -> {
                    return run(words.pop());
                }
                case "ct" -> {
                    return Verdict.NEXT;
                }
                default -> {
                    String key = field(word, words);
                    String test = words.pop();
                    if (test.equals("vmap")) {
                        String to = elements(words.pop()).get(key);
                        return to == null ? Verdict.NEXT : rule(new ArrayDeque<>(List.of(to.split(" "))));
                    }
                    boolean not = test.equals("!=");
                    if (matches(key, not ? words.pop() : test) == not) {
                        return Verdict.NEXT;
                    }
                }
            }
        }
        return Verdict.NEXT;
    }

    /// The packet's value of one field, or of several joined by dots.
    private String field(String first, Deque<String> words) {
        String second = words.pop();
        String value = switch (first + " " + second) {
            case "ip saddr" -> from;
            case "ip daddr" -> to;
            case "meta l4proto" -> protocol;
            case "th dport" -> Integer.toString(port);
            default -> first.equals(protocol) ? Integer.toString(port) : "other protocol";
        };
        if (".".equals(words.peek())) {
            words.pop();
            return value + " . " + field(words.pop(), words);
        }
        return value;
    }

    private boolean matches(String value, String wanted) {
        if (wanted.startsWith("@")) {
            return elements(wanted).containsKey(value);
        }
        if (wanted.contains("/")) {
            return AddressRange.parse(wanted)
                    .orElseThrow()
                    .contains(AddressRange.address(value).orElseThrow());
        }
        if (wanted.matches("\\d+-\\d+") && value.matches("\\d+")) {
            String[] ends = wanted.split("-");
            int number = Integer.parseInt(value);
            return number >= Integer.parseInt(ends[0]) && number <= Integer.parseInt(ends[1]);
        }
        return value.equals(wanted);
    }

    private Map<String, String> elements(String set) {
        return Objects.requireNonNull(rules.sets().get(set.substring(1)), set).elements();
    }
}
