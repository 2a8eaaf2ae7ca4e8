package io.gantry.api.decode;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;

/// What upstream's YAML library (`go.yaml.in/yaml/v2`) says of text that is no YAML: both are children of one library,
/// and this one says more.
final class YamlFaults {
    private record Words(Pattern ours, String theirs) {
        Words(String ours, String theirs) {
            this(Pattern.compile(ours), theirs);
        }
    }

    private static final List<Words> WORDS = List.of(
            new Words("(found unknown escape character) .*", "$1"),
            new Words(
                    "expected escape sequence of .* hexadecimal numbers, but found.*",
                    "did not find expected hexdecimal number"),
            new Words(
                    "found character .* that cannot start any token.*", "found character that cannot start any token"),
            new Words("(mapping values|mapping keys) are not allowed here", "$1 are not allowed in this context"),
            new Words(
                    "sequence entries are not allowed here", "block sequence entries are not allowed in this context"),
            new Words("expected (',' or '[}\\]]'), but got.*", "did not find expected $1"),
            new Words("expected the node content, but found.*", "did not find expected node content"),
            new Words("expected '<document start>', but found.*", "did not find expected <document start>"),
            new Words("(found undefined tag handle) .*", "$1"),
            new Words("found undefined alias (.*)", "unknown anchor '$1' referenced"));

    private YamlFaults() {}

    static String text(MarkedYamlEngineException fault) {
        return where(fault).map(line -> "line " + line + ": ").orElse("") + words(fault);
    }

    /// The first line has no number, the parser counts from zero, and what is made of the text knows no lines.
    private static Optional<Integer> where(MarkedYamlEngineException fault) {
        if (fault instanceof ComposerException) {
            return Optional.empty();
        }
        int found = fault.getProblemMark().map(Mark::getLine).orElse(0);
        if (found != 0) {
            return Optional.of(fault instanceof ScannerException ? found + 1 : found);
        }
        return fault.getContextMark().map(Mark::getLine).filter(line -> line != 0);
    }

    private static String words(MarkedYamlEngineException fault) {
        String problem = fault.getProblem();
        if (fault instanceof ParserException && problem.startsWith("expected <block end>, but found")) {
            return String.valueOf(fault.getContext()).endsWith("block mapping")
                    ? "did not find expected key"
                    : "did not find expected '-' indicator";
        }
        return WORDS.stream()
                .map(words -> words.ours.matcher(problem).replaceFirst(words.theirs))
                .filter(said -> !said.equals(problem))
                .findFirst()
                .orElse(problem);
    }
}
